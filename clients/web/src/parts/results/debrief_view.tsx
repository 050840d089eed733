// The debrief in sections, a table beside every chart: the own story first where there is one. On a phone it follows
// the host, who leads through it on the wall, until its owner wanders off.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { need, t } from "../../texts";
import { Button } from "../controls/button";
import { BesidePart, besideParts } from "./beside/beside";
import { Later } from "./chart_loader";
import { groupsOf } from "./curve_groups";
import { debriefOf, seasonsIn, seasonsOfMoney, storyOf } from "./debrief_data";
import { Turns, useMoments } from "./moments";
import { isResultOpen, shownOf } from "./scenes";
import { isTold, SECTIONS, type Section } from "./sections";
import { BestOfAll } from "./standings";
import { OwnStory } from "./story";
import { WaitsForHost, WhyCards } from "./why";
import "./debrief.css";

interface Place {
  section: Section;
  /** Which group of curves, or which season, counted from 0. */
  part: number;
}

/** Return where the host is, or nothing where the host shows what has no section here. */
function hostAt(view: View): Place | undefined {
  const { scene, step } = shownOf(view);
  const section = SECTIONS.find((each) => each === scene);
  return section && section !== "story" ? { section, part: section === "moments" ? 0 : step } : undefined;
}

interface DebriefProps {
  /** On a phone the host leads, and there is a way back. */
  follow?: boolean;
  /** The page is the host's own: it goes with the wall. */
  leads?: boolean;
  back?: ComponentChildren;
}

export function DebriefView({ follow = false, leads = false, back }: DebriefProps) {
  const room = useRoom();
  const { view } = room;
  const [following, setFollowing] = useState(follow);
  const possible = SECTIONS.filter((section) => isOfThisPage(room, section));
  const sections = possible.filter((section) => isTold(room, section));
  const [own, setOwn] = useState<Place>();
  useEffect(() => void need("debrief"), []);
  const host = hostAt(view);
  const at = (following && host) || own || { section: sections[0] ?? "moments", part: 0 };
  const isAll = isResultOpen(room) && at.section !== "why"; // why it went so says itself how much there is of it
  const go = (place: Place): void => {
    setOwn(place);
    setFollowing(false);
  };
  return (
    <div class="debrief-view">
      {follow ? (
        <Pace
          leads={leads}
          back={back}
          following={following}
          onFollow={() => setFollowing(true)}
          onWander={() => go(at)}
        />
      ) : null}
      <Sections sections={sections} at={at} onGo={go} />
      <PartsOf at={at} onGo={go} />
      {isTold(room, at.section) ? <Content {...at} isLed={following && at === host} /> : null}
      {isAll && sections.length < possible.length ? <p class="meta">{t("ui.debrief.no_more")}</p> : null}
    </div>
  );
}

interface PaceProps extends Pick<DebriefProps, "leads" | "back"> {
  following: boolean;
  onFollow: () => void;
  onWander: () => void;
}

/** Whose pace it is: the host's, or one's own. */
function Pace({ leads = false, back, following, onFollow, onWander }: PaceProps) {
  return (
    <div class="row pace" role="group" aria-label={t("ui.debrief.pace")}>
      {back}
      <Button on={following} onClick={onFollow}>
        {t(leads ? "ui.host.follow" : "ui.debrief.follow")}
      </Button>
      <Button on={!following} onClick={onWander}>
        {t("ui.debrief.wander")}
      </Button>
    </div>
  );
}

interface SectionsProps {
  sections: readonly Section[];
  at: Place;
  onGo: (place: Place) => void;
}

function Sections({ sections, at, onGo }: SectionsProps) {
  const { view } = useRoom();
  return (
    <nav class="sections" aria-label={t("ui.debrief")}>
      {sections.map((section) => (
        <Button
          key={section}
          on={section === at.section}
          onClick={() => onGo({ section, part: section === "money" ? lastPart(view) : 0 })}
        >
          {t(`ui.debrief.${section}`)}
        </Button>
      ))}
    </nav>
  );
}

/** A story is a seat's, and only a room that was forked from another one has something beside it. */
function isOfThisPage(room: Room, section: Section): boolean {
  if (section === "story") return storyOf(room.view) !== undefined;
  return (section !== "beside" && section !== "why") || isTold(room, section);
}

function lastPart(view: View): number {
  return Math.max(0, seasonsOfMoney(debriefOf(view)).length - 1);
}

/** The groups of curves, or the seasons, of a section that has several. */
function PartsOf({ at, onGo }: { at: Place; onGo: (place: Place) => void }) {
  const { view } = useRoom();
  const told = debriefOf(view);
  const seasons = at.section === "money" ? seasonsOfMoney(told) : seasonsIn(told?.network ?? {});
  const names =
    at.section === "beside"
      ? besideParts(view)
      : at.section === "curves"
        ? groupsOf(view).map((group) => t(`ui.debrief.curves.${group}`))
        : at.section === "money" || at.section === "network"
          ? seasons.map((season) => t("ui.season", { season: seasonInRun(view, season) }))
          : [];
  if (names.length < 2) return null;
  return (
    <div class="sections parts">
      {names.map((name, part) => (
        <Button key={name} look="quiet" on={part === at.part} onClick={() => onGo({ ...at, part })}>
          {name}
        </Button>
      ))}
    </div>
  );
}

/** `isLed`: the host shows it, on the wall and here. */
function Content({ section, part, isLed }: Place & { isLed: boolean }) {
  const { view, code } = useRoom();
  const first = view.single("run").first_season ?? 1;
  switch (section) {
    case "story":
      return <OwnStory />;
    case "why":
      return <WhyCards only={isLed ? part + 1 : undefined} />;
    case "moments":
      return <Moments />;
    case "money":
      return <Later chart="MoneyChart" season={first + part} />;
    case "curves":
      return <Later chart="CurvesChart" group={groupsOf(view)[part] ?? "credits"} />;
    case "network":
      return <Later chart="NetworkChart" season={first + part} />;
    case "beside":
      return <BesidePart code={code.value} part={part} />;
    case "survival":
      return <Later chart="SurvivalChart" />;
  }
}

function Moments() {
  const isOpen = isResultOpen(useRoom());
  const moments = useMoments();
  if (moments.length === 0) return isOpen ? <p class="meta">{t("ui.debrief.no_more")}</p> : <WaitsForHost />;
  return (
    <div class="stack">
      <Turns moments={moments} />
      {isOpen ? <BestOfAll /> : null}
    </div>
  );
}
