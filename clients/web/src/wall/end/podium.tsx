// The end, role by role: a podium on which the third rises first and the first last, and beside it how the first got
// there. People stand before bots that have as many points.
import type { ComponentChildren } from "preact";
import { faceOf } from "../../parts/pictures/faces/face";
import { FacePicture } from "../../parts/pictures/faces/face_image";
import { Sym } from "../../parts/pictures/sprite";
import { displayWidth } from "../../parts/pictures/text_width";
import { BestOfAll, comparisonOf, type Placed, partName, placed } from "../../parts/results/standings";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { kindName, ROLES, spaceName, ventureName, wholeName } from "../../store/names";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { PartsOf } from "../drawn";
import { isWholeIn, nameInLines, type Place, sizeOfWords } from "../long_names";
import { useDarkMat } from "../mat";
import type { SceneProps } from "../scenes/scene";

/** A step for each role, then all of them side by side. */
export function PodiumScene({ step }: SceneProps) {
  const role = ROLES[step];
  return role ? <Podium key={role} role={role} /> : <AllRoles />;
}

const PLACES = 3;
const STANDS = [2, 1, 3]; // from left to right
const MOST_ON_ONE = 2; // faces on one block

interface Rank {
  place: number;
  score: number;
  seats: readonly number[];
}

/** Return the first three places of a role, with all who share each. */
export function ranksOf(room: Pick<Room, "view">, role: string): Rank[] {
  const isBot = (seat: number): boolean => room.view.find("seat", seat)?.by === "bot";
  const rows = [...placed(room, role)].sort(
    (one, other) => one.place - other.place || Number(isBot(one.seat)) - Number(isBot(other.seat)),
  );
  const ranks = new Map<number, Placed[]>();
  for (const row of rows) ranks.set(row.place, [...(ranks.get(row.place) ?? []), row]);
  return [...ranks.entries()]
    .slice(0, PLACES)
    .map(([place, shared]) => ({ place, score: shared[0]?.score ?? 0, seats: shared.map(({ seat }) => seat) }));
}

function Podium({ role }: { role: string }) {
  useDarkMat();
  const room = useRoom();
  const ranks = ranksOf(room, role);
  const [first] = ranks;
  return (
    <div class="podium" style={{ "--role": `var(--${role})` }}>
      <RoleBoard role={role} />
      <ol class="stands">
        {STANDS.map((at) => {
          const rank = ranks[at - 1];
          return rank ? <Stand key={at} rank={rank} at={at} /> : <li key={at} class={`stand stand-${at} empty`} />;
        })}
      </ol>
      {first ? <HowFirst first={first} role={role} /> : null}
    </div>
  );
}

export function RoleBoard({ role }: { role: string }) {
  return (
    <h2 class="board role-board must">
      <i style={{ background: `var(--${role})` }}>
        <Sym name={role} size={80} />
      </i>
      {t(`ui.final.${role}`)}
    </h2>
  );
}

function Stand({ rank: { place, score, seats }, at }: { rank: Rank; at: number }) {
  const { view } = useRoom();
  const shown = seats.slice(0, MOST_ON_ONE);
  return (
    <li class={`stand stand-${at}`}>
      <div class="stand-faces">
        {shown.map((seat) => (
          <FacePicture key={seat} face={faceOf(view.find("seat", seat), seat)} size={100} />
        ))}
      </div>
      <StandName seats={shown} more={seats.length - shown.length} />
      <div class="block board">
        {seats[0] === undefined ? null : <Made seat={seats[0]} />}
        <b class="stand-place">{number(place)}</b>
        <b class="stand-score">{number(score)}</b>
      </div>
    </li>
  );
}

const NAME_ROOM = 304; // units for a line of the name of a stand
const NAME_SIZE = 52;
const SHARED_SIZE = 34; // from which on two stand below each other in a line each
const HIGH_LINES = 3; // of each of two

/** Who stands there: in two lines where a name is long; two below each other, with smaller faces where both are. */
function StandName({ seats, more }: { seats: readonly number[]; more: number }) {
  const { view } = useRoom();
  const isShared = seats.length > 1;
  const others = (at: number): string => (at > 0 && more > 0 ? ` +${number(more)}` : "");
  const placeOf = (at: number): Place => ({ room: NAME_ROOM - displayWidth(others(at), SHARED_SIZE), bold: true });
  const names = seats.map((seat, at) =>
    nameInLines(view, seat, { ...placeOf(at), ...(isShared ? { lines: HIGH_LINES } : {}) }),
  );
  const inOne = Math.floor(NAME_ROOM / Math.max(...names.map((name, at) => displayWidth(`${name}${others(at)}`, 1))));
  const isOne = inOne >= (isShared ? SHARED_SIZE : NAME_SIZE);
  const inTwo = Math.min(...names.map((name, at) => sizeOfWords(name, { ...placeOf(at), lines: 2 })));
  const most = isOne ? inOne : isShared ? Math.min(SHARED_SIZE, inTwo) : inTwo;
  const look = isShared ? (isOne ? " shared" : " shared high") : "";
  return (
    <p class={`stand-name${look}`} style={{ "--most": most }}>
      {names.map((name, at) => (
        <span key={seats[at]}>
          <bdi class="name-lines">{name}</bdi>
          {others(at) ? <b>{others(at)}</b> : null}
        </span>
      ))}
    </p>
  );
}

/** What a room knows somebody for, with its picture. */
function Made({ seat }: { seat: number }) {
  const { view } = useRoom();
  const best = bestOf(view, seat);
  const name = knownFor(view, seat);
  if (!name) return null;
  return (
    <p class={name.length > LONG_NAME ? "stand-made long" : "stand-made"}>
      {best ? <PartsOf ventures={[best]} /> : <Sym name={signOf(view, seat)} size={56} color="var(--role)" />}
      {name}
    </p>
  );
}

function signOf(view: View, seat: number): string {
  return view.find("investor", seat)?.type ?? view.find("seat", seat)?.role ?? "maker";
}

const LONG_NAME = 24; // letters of a venture, a space or a kind that fit on a stand in the larger size

/** The venture that went furthest of those that somebody leads. */
function bestOf(view: View, seat: number): Venture | undefined {
  const led = view.all("venture").filter((venture) => venture.lead === seat && !venture.closed);
  return led.sort((one, other) => other.stage - one.stage)[0];
}

const BARS = 5; // rows that there is room for
const TITLE = { room: 268 }; // for a line of it, were it as small as letters can be

/** How the first got there: the parts of the score, and what a standard bot is better than. */
export function HowFirst({ first, role }: { first: Rank; role: string }) {
  const { view } = useRoom();
  const seat = first.seats[0] ?? 0;
  const parts = partsOf(view, seat);
  const most = Math.max(1, ...parts.map(({ points }) => Math.abs(points)));
  const better = comparisonOf(view, seat)?.better_than;
  return (
    <section class="board how-first">
      <p class="how-title">{t("ui.wall.podium.how", { name: nameInLines(view, seat, TITLE) })}</p>
      <dl class={parts.length === BARS ? "full" : ""}>
        {parts.map(({ name, points }) => (
          <Bar key={name} name={name} points={points} most={most} />
        ))}
      </dl>
      <p class="how-sum">
        <span>{tn("ui.unit.points", first.score)}</span> <b>{number(first.score)}</b>
      </p>
      {better === undefined ? null : <p class="wall-meta">{t(`ui.final.better_than.${role}`, { n: better })}</p>}
    </section>
  );
}

/** Return the parts of a score, the largest first; those that there is no room for are one, so that the sum is true. */
function partsOf(view: View, seat: number): { name: string; points: number }[] {
  const parts = Object.entries(view.find("score", seat)?.parts ?? {})
    .filter(([, points]) => points !== 0)
    .sort(([, one], [, other]) => Math.abs(other) - Math.abs(one))
    .map(([part, points]) => ({ name: nameOnWall(part), points }));
  if (parts.length <= BARS) return parts;
  const rest = parts.splice(BARS - 1).reduce((sum, { points }) => sum + points, 0);
  return rest === 0 ? parts : [...parts, { name: t("ui.wall.podium.rest"), points: rest }];
}

/** What a part is called where everybody reads it. */
function nameOnWall(part: string): string {
  return part === "base" ? t("ui.wall.podium.base") : partName(part);
}

/** A part of a score; what is taken off comes from the other end, hatched. */
function Bar({ name, points, most }: { name: string; points: number; most: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{number(points)}</b>
        <span class={points < 0 ? "bar loss" : "bar"} aria-hidden="true">
          <i style={{ width: `${(100 * Math.abs(points)) / most}%` }} />
        </span>
      </dd>
    </div>
  );
}

const BEST_NAMED = 4;

/** All roles at once: three places of each, and who did best of all. */
export function AllRoles() {
  useDarkMat();
  return (
    <div class="all-roles">
      <div>
        {ROLES.map((role) => (
          <RoleRanks key={role} role={role} />
        ))}
      </div>
      <div class="board best-of-all">
        <BestOfAll most={BEST_NAMED} />
      </div>
    </div>
  );
}

/** Return what a role's points are made of, so far or at the end. */
export function countedText(view: View, role: string): string {
  const isOver = view.single("game").status === "over";
  return t(`ui.wall.counted.${isOver ? "end." : ""}${role}`);
}

/** Three places of a role, on one board. */
export function RoleRanks({ role }: { role: string }) {
  const room = useRoom();
  return (
    <section class="board role-ranks" style={{ "--role": `var(--${role})` }}>
      <RoleBoard role={role} />
      <p>{countedText(room.view, role)}</p>
      <ol>
        {ranksOf(room, role).map(({ place, score, seats }) => (
          <li key={place}>
            <b class="stand-place">{number(place)}</b>
            <Names seats={seats} />
            <b>{number(score)}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Units for a line of a name beside points: next to a face, next to one of two small ones, and next to none. */
const RANK_ROOM = { one: 224, shared: 252, alone: 320 };
const RANK_SIZE = 40;
const SMALL_SIZE = 34; // of two who share a place and take two lines each
const GAP = 8; // between a name and how many more there are

/**
 * Who stands on a place: one with what the room knows them for, two below each other, and how many more there are. A
 * face gives way where a name has no room in two lines beside it.
 */
function Names({ seats }: { seats: readonly number[] }): ComponentChildren {
  const { view } = useRoom();
  const shown = seats.slice(0, MOST_ON_ONE);
  const more = seats.length - shown.length;
  const isShared = shown.length > 1;
  const beside = isShared ? RANK_ROOM.shared : RANK_ROOM.one;
  const others = (at: number): string => (at > 0 && more > 0 ? `+${number(more)}` : "");
  const taken = (at: number): number => (others(at) ? GAP + displayWidth(others(at), RANK_SIZE) : 0);
  const placeOf = (at: number, room: number): Place => ({ room: room - taken(at), lines: 2, bold: true });
  const isFaced = shown.every((seat, at) => isWholeIn(wholeName(view, seat), placeOf(at, beside)));
  const places = shown.map((_, at) => placeOf(at, isFaced ? beside : RANK_ROOM.alone));
  const names = shown.map((seat, at) => nameInLines(view, seat, { ...(places[at] as Place), lines: isShared ? 2 : 3 }));
  return (
    <ul class={isShared ? "rank-names shared" : "rank-names"} style={{ "--most": rankSize(names, places) }}>
      {shown.map((seat, at) => (
        <li key={seat}>
          {isFaced ? <FacePicture face={faceOf(view.find("seat", seat), seat)} size={100} /> : null}
          <span>
            <bdi class="name-lines">{names[at]}</bdi>
            {isShared ? null : <small>{knownFor(view, seat)}</small>}
          </span>
          {others(at) ? <b>{others(at)}</b> : null}
        </li>
      ))}
    </ul>
  );
}

/** Return the size of the names of a rank: two have a line each, or two lines of smaller letters. */
function rankSize(names: readonly string[], places: readonly Place[]): number {
  const sizeIn = (lines: number): number =>
    Math.min(...names.map((name, at) => sizeOfWords(name, { ...(places[at] as Place), lines })));
  if (names.length > 1 && sizeIn(1) >= RANK_SIZE) return RANK_SIZE;
  return Math.min(names.length > 1 ? SMALL_SIZE : RANK_SIZE, sizeIn(2));
}

/** What a room knows somebody for: what is made, what kind of investor that is, or which space is kept. */
function knownFor(view: View, seat: number): string {
  if (view.find("seat", seat)?.role === "operator") return spaceName(view, seat);
  const investor = view.find("investor", seat);
  if (investor) return kindName(investor.type, investor.speciality);
  const best = bestOf(view, seat);
  return best ? ventureName(view, best.id) : "";
}
