// The season's film: what came of it, frame by frame, in the order in which it happened.
import type { ComponentChildren } from "preact";
import { CordPicture, DealPieces, FoldedCard } from "../../parts/pictures/things/things";
import { closedOf } from "../../parts/results/scenes";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { Drawing, PartsOf } from "../drawn";

export type Frame = "founded" | "ties" | "deals" | "births" | "moved_up" | "deaths";
const FRAMES: readonly Frame[] = ["founded", "ties", "deals", "births", "moved_up", "deaths"];

export function RecapPicture() {
  const { view } = useRoom();
  return (
    <div class="film">
      <ol>
        {FRAMES.map((frame) => (
          <li key={frame} class={countOf(view, frame) === 0 ? "board none" : "board"}>
            <div class="sum-picture">{pictureOf(frame, view)}</div>
            <b class="film-count">{number(countOf(view, frame))}</b>
            <p>{tn(`ui.wall.film.${frame}`, countOf(view, frame))}</p>
          </li>
        ))}
      </ol>
      <p class="board film-question">{t("ui.wall.talk")}</p>
    </div>
  );
}

/** Return what a frame counts: a figure of the season that has just been counted. */
export function countOf(view: View, frame: Frame): number {
  const { season = 0 } = view.single("game");
  const values = view.find("figures", season)?.values ?? {};
  const before = view.find("figures", season - 1)?.values ?? {};
  return frame === "ties" ? Math.max(0, (values["ties"] ?? 0) - (before["ties"] ?? 0)) : (values[frame] ?? 0);
}

function pictureOf(frame: Frame, view: View): ComponentChildren {
  switch (frame) {
    case "founded":
      return <Drawing box="-48 -52 96 60" drawn={<FoldedCard />} />;
    case "ties":
      return <Drawing box="-60 -24 120 56" drawn={<CordPicture />} />;
    case "deals":
      return <Drawing box="-8 -4 128 60" drawn={<DealPieces />} />;
    default:
      return <Parts frame={frame} view={view} />;
  }
}

/** The ventures themselves; where none of those counted is left, a part stands for them. */
function Parts({ frame, view }: { frame: Frame; view: View }) {
  return <PartsOf ventures={venturesOf(frame, view)} closed={frame === "deaths"} otherwise={1} />;
}

/** Return the ventures of a frame: what was born or moved up is drawn also where it has closed since. */
export function venturesOf(frame: Frame, view: View): Venture[] {
  if (frame === "deaths") return closedOf(view);
  const lived = view.all("venture").filter((venture) => !venture.closed || closedOf(view).includes(venture));
  return lived.filter((venture) => (frame === "moved_up" ? venture.moved_up : venture.born && isFresh(view, venture)));
}

/** Return whether a venture had its first deal this season. */
function isFresh(view: View, { id }: Venture): boolean {
  const { season } = view.single("game");
  const deals = view.all("deal").filter((deal) => deal.venture === id && deal.credits > 0);
  return deals.length > 0 && deals.every((deal) => deal.season === season);
}
