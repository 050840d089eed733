// The meters of a seat: its ventures, its badges, its space. Each is a picture with its sentence.
import "../../parts/meters/meters.css";
import { Meter, VerdictWord } from "../../parts/meters/meter";
import { Places } from "../../parts/meters/places";
import { Card, type Teeth } from "../../parts/pictures/card";
import type { Fate } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { seatName, spaceName, ventureName } from "../../store/names";
import type { Room } from "../../store/room";
import { plays } from "../../store/rules";
import type { View } from "../../store/view";
import { t } from "../../texts";
import { listed } from "../../texts/numbers";
import { bandName, fateText, isAfterTheEnd, lineName } from "./fate_words";
import { type Standing, useStanding } from "./use_fates";

interface FateProps {
  fate: Fate | undefined;
  isOld?: boolean;
  /** What it is about stands above it already. */
  unnamed?: boolean;
}

/** The meter, its word and its sentence. */
export function FateOf({ fate, isOld = false, unnamed = false }: FateProps) {
  const room = useRoom();
  if (!fate) return null;
  const verdict = verdictIn(room.view, fate);
  return (
    <span class={isOld ? "fate old" : "fate"}>
      {unnamed && !verdict ? null : (
        <span class="row spread">
          {unnamed ? null : <b class="name">{nameOf(room, fate)}</b>}
          {verdict ? <VerdictWord verdict={verdict} /> : null}
        </span>
      )}
      {fate.what === "place" ? (
        fate.of ? (
          <Places of={fate.of} must={fate.must} place={fate.least ?? fate.last} />
        ) : null
      ) : isPlain(fate) ? null : (
        <Meter
          must={fate.must}
          line={lineName(fate)}
          least={fate.least}
          most={fate.most}
          band={bandName(fate)}
          verdict={fate.verdict}
        />
      )}
      <span class="meta">{fateText(room.view, fate)}</span>
    </span>
  );
}

/** Return whether there is nothing to measure yet: nothing is sold, or nobody can say what the season comes to. */
function isPlain(fate: Fate): boolean {
  return isQuiet(fate) || (fate.what === "treasury" && fate.least === undefined);
}

/** Return whether it sells nothing yet, and nothing closes it before. */
function isQuiet({ what, by }: Fate): boolean {
  return what === "sells" && by === 0;
}

/** Return the word for it; where the game ends first nobody has time for anything. */
function verdictIn(view: View, fate: Fate): Fate["verdict"] {
  return isAfterTheEnd(view, fate) ? undefined : fate.verdict;
}

/** One line of it, for lists in which many stand. */
export function FateLine({ fate }: { fate: Fate | undefined }) {
  const { view } = useRoom();
  if (!fate) return null;
  const verdict = verdictIn(view, fate);
  return (
    <span class="fate-in-a-line meta">
      {verdict ? <VerdictWord verdict={verdict} /> : null} {fateText(view, fate)}
    </span>
  );
}

function nameOf({ view, seat }: Room, fate: Fate): string {
  if (fate.kind === "venture") return ventureName(view, fate.id);
  if (fate.kind === "space") return spaceName(view, fate.id);
  if (fate.seat === seat.value) return t("ui.fate.badge", { space: spaceName(view, fate.id) });
  return seatName(view, fate.seat ?? 0);
}

/** Return the keys of what concerns this seat: its own venture, what it holds shares of, its badges, its space. */
function ownKeys(room: Room): string[] {
  const { view, seat } = room;
  const held = view
    .all("venture")
    .filter(({ lead, cofounders, shares, closed }) => {
      return !closed && ([lead, ...(cofounders ?? [])].includes(seat.value) || (shares?.[seat.value] ?? 0) > 0);
    })
    .map(({ id }) => `venture:${id}`);
  const badges = view.find("investor", seat.value)?.badges ?? [];
  return [...held, ...badges.map((space) => `badge:${seat.value}:${space}`), `space:${seat.value}`];
}

const TEETH: { readonly [kind in Fate["kind"]]: Teeth } = { badge: 1, venture: 2, space: 3 };

interface OwnProps {
  standing: Standing;
  /** What is shown elsewhere on the same screen. */
  without?: readonly number[];
}

/** All meters of this seat, one card each. */
export function OwnFates({ standing: { fates, isOld }, without = [] }: OwnProps) {
  const room = useRoom();
  const own = ownKeys(room).flatMap((key) => fates[key] ?? []);
  const all = own.filter((fate) => fate.kind !== "venture" || !without.includes(fate.id));
  const quiet = all.filter(isQuiet);
  const shown = quiet.length > 1 ? all.filter((fate) => !isQuiet(fate)) : all;
  return (
    <>
      {quiet.length > 1 ? <QuietFates fates={quiet} /> : null}
      {shown.map((fate) => (
        <Card key={`${fate.kind} ${fate.id}`} teeth={TEETH[fate.kind]}>
          <FateOf fate={fate} isOld={isOld} />
          <Plead fate={fate} />
        </Card>
      ))}
    </>
  );
}

/** Several of which the same is to be said: that once. */
function QuietFates({ fates }: { fates: readonly Fate[] }) {
  const room = useRoom();
  const sentences = [...new Set(fates.map((fate) => fateText(room.view, fate)))];
  return (
    <Card teeth={TEETH.venture}>
      <b class="name">{listed(fates.map((fate) => nameOf(room, fate)))}</b>
      {sentences.map((sentence) => (
        <span key={sentence} class="meta">
          {sentence}
        </span>
      ))}
    </Card>
  );
}

/** The same, asked for where nothing else is. */
export function MyFates() {
  return <OwnFates standing={useStanding()} />;
}

/** Who could still save it: the operator of its space, with the wild card. */
export function Plead({ fate }: { fate: Fate | undefined }) {
  const room = useRoom();
  const { view } = room;
  if (!fate || fate.kind === "space" || fate.reason === "insolvent") return null;
  if (fate.verdict !== "danger" && fate.verdict !== "close") return null;
  const place = fate.kind === "badge" ? fate.id : (view.find("venture", fate.id)?.space ?? 0);
  const space = view.find("space", place);
  if (!space || space.id === room.seat.value || space.wild_card_used || plays(view, "none")) return null;
  return <p class="note">{t("ui.fate.plead", { operator: seatName(view, space.id) })}</p>;
}
