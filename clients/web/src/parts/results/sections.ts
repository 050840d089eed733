// The sections of the debrief, in their order, and which of them have something to tell: a game that was ended at once
// has not much of it.
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { debriefOf, measuresOf, type Purse, seasonsIn, storyOf } from "./debrief_data";
import { isWhyThere, scenesOf } from "./scenes";

export const SECTIONS = ["story", "why", "moments", "money", "curves", "network", "survival", "beside"] as const;
export type Section = (typeof SECTIONS)[number];

/** Return whether a section has something to tell. */
export function isTold(room: Room, section: Section): boolean {
  const { view } = room;
  switch (section) {
    case "story":
      return hasStory(view);
    case "why":
      return isWhyThere(view);
    case "moments":
      return Object.keys(debriefOf(view)?.moments ?? {}).length > 0;
    case "network":
      return scenesOf(room).includes(section) && hasBonds(view);
    default:
      return scenesOf(room).includes(section);
  }
}

function hasStory(view: View): boolean {
  const story = storyOf(view);
  return (
    story !== undefined &&
    (measuresOf(story).length > 0 ||
      seasonsMoved(story.money).length > 0 ||
      [story.turning, story.given].some((found) => Object.keys(found).length > 0))
  );
}

function hasBonds(view: View): boolean {
  const told = Object.values(debriefOf(view)?.network ?? {});
  return (
    told.some(({ ties = {}, deals = {} }) => Object.keys({ ...ties, ...deals }).length > 0) ||
    view.all("deal").length > 0 ||
    view.all("maker").some((maker) => (maker.ties ?? []).length > 0)
  );
}

/** Return the seasons in which something came into a purse or went out of it. */
export function seasonsMoved(money: { readonly [season: string]: Purse }): number[] {
  const moved = ({ in: came, out }: Purse): boolean => Object.keys({ ...came, ...out }).length > 0;
  return seasonsIn(money).filter((season) => money[season] && moved(money[season]));
}
