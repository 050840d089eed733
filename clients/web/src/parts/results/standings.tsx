// The end: who stands where in each role, held against standard bots where the scenario knows them, and one's own
// number first.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { go } from "../../route";
import { useRoom } from "../../store/context";
import type { Score } from "../../store/entities";
import { ROLES, wholeName } from "../../store/names";
import type { Room } from "../../store/room";
import type { View } from "../../store/view";
import { has, need, t, tn } from "../../texts";
import { listed, number } from "../../texts/numbers";
import { Button } from "../controls/button";
import { useFocusOnQuestion } from "../controls/focus";
import { fetchOrReload } from "../page/fetch_or_reload";
import { Happened } from "../page/news";
import { Card } from "../pictures/card";
import { Person } from "../pictures/tokens";
import { storyOf } from "./debrief_data";
import { isCut, isResultOpen, rolesOpen } from "./revealed";
import { Runs } from "./runs";

export interface Placed {
  seat: number;
  place: number;
  score: number;
  betterThan?: number | undefined;
}

/** Whether all seasons were played to their ends: what ended early is no measure beside games that did not. */
function isWhole(view: View): boolean {
  const { season = 0, seasons = 0 } = view.single("game");
  return season >= seasons && !isCut(view);
}

/** Return how a score stands beside those of standard bots, where there is a fair comparison. */
export function comparisonOf(view: View, seat: number) {
  return isWhole(view) ? view.find("comparison", seat) : undefined;
}

/** Return the seats of a role by place; during play by their last standing. */
export function placed(room: Pick<Room, "view">, role: string): Placed[] {
  const { view } = room;
  const scores = view.all("score").filter((score) => view.find("seat", score.seat)?.role === role);
  const values = scores.map((score) => ({
    seat: score.seat,
    score: pointsOf(score),
    place: score.place ?? 0,
    betterThan: comparisonOf(view, score.seat)?.better_than,
  }));
  const sorted = values
    .filter((each) => each.score !== undefined)
    .sort((one, other) => (other.score ?? 0) - (one.score ?? 0));
  return sorted.map((each) => ({
    seat: each.seat,
    score: each.score ?? 0,
    place: each.place || 1 + sorted.filter((other) => (other.score ?? 0) > (each.score ?? 0)).length,
    betterThan: each.betterThan,
  }));
}

function pointsOf(score: Score): number | undefined {
  return score.final ?? score.standings?.at(-1);
}

/** Every role that is played: the game's own in their order, then those of other rule modules. */
function rolesOf(room: Room): string[] {
  return [...new Set<string>([...ROLES, ...room.view.all("seat").map((seat) => seat.role)])];
}

interface WithPerson {
  person?: FunctionComponent<{ seat: number }>;
}

/** Who stands where in each role that is open; a page may have another way to name people. */
export function Ranking({ person = Person }: WithPerson) {
  const room = useRoom();
  return (
    <div class="stack">
      {rolesOf(room)
        .slice(0, rolesOpen(room))
        .map((role) => (
          <RoleRanking key={role} role={role} person={person} />
        ))}
    </div>
  );
}

function RoleRanking({ role, person: Named }: Required<WithPerson> & { role: string }) {
  const room = useRoom();
  const rows = placed(room, role);
  if (rows.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t(`ui.final.${role}`)}</h2>
      <ol class="ranking-list">
        {rows.map((row) => (
          <li key={row.seat} class={row.seat === room.seat.value ? "own" : ""}>
            <span class="mono">{row.place}</span>
            <Named seat={row.seat} />
            <b class="mono">{number(row.score)}</b>
            {row.betterThan === undefined ? null : (
              <span class="meta">{t("ui.final.better_than", { n: row.betterThan })}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const ALL = 100; // winners that somebody is held against

/**
 * Who did best of the whole table: the best of each role is held against the best of that role in standard games. Where
 * those of several roles are better than all or none of these, nobody knows who is the best of them.
 */
export function BestOfAll({ most: named = Infinity }: { most?: number }) {
  const room = useRoom();
  const { view } = room;
  const best = isWhole(view) ? view.all("comparison").filter((each) => each.among_best !== undefined) : [];
  if (best.length === 0) return null;
  const most = Math.max(...best.map((each) => each.among_best ?? 0));
  const seats = best.filter((each) => each.among_best === most).map(({ seat }) => seat);
  const roleOf = (seat: number) => view.find("seat", seat)?.role;
  if (most % ALL === 0 && new Set(seats.map(roleOf)).size > 1) return null; // by how much isn't told
  const names = rolesOf(room)
    .flatMap((role) => seats.filter((seat) => roleOf(seat) === role))
    .map((seat) => wholeName(view, seat));
  return (
    <p>
      <b>{t("ui.final.best", { names: firstOf(names, named) })}</b>
    </p>
  );
}

/** Return so many names, and how many there are beside them. */
function firstOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${listed(names.slice(0, most))} +${number(more)}` : listed(names);
}

/** A score or a standing taken apart. */
export function Parts({ score }: { score: Pick<Score, "parts"> | undefined }) {
  const parts = Object.entries(score?.parts ?? {}).filter(([, points]) => points !== 0);
  return (
    <p class="facts">
      {parts.map(([part, points]) => (
        <span key={part}>
          {partName(part)} <b class="mono">{number(points)}</b>
        </span>
      ))}
    </p>
  );
}

export function partName(part: string): string {
  const key = [`ui.part_of_score.${part}`, `term.${part}`].find(has);
  return key ? t(key) : part.replaceAll("_", " ");
}

function OwnResult({ row, all, score, role }: { row: Placed; all: number; score: Score; role: string }) {
  const { place, betterThan } = row;
  return (
    <Card teeth={1}>
      <p>
        {all > 1 ? t("ui.final.place", { place, all }) : t("ui.final.place.alone")}{" "}
        <span class="whole">
          <b class="mono figure">{number(row.score)}</b> {tn("ui.unit.points", row.score)}
        </span>
      </p>
      <Parts score={score} />
      <OwnAim />
      {betterThan === undefined ? null : (
        <p>
          {t(`ui.final.better_than.${role}`, { n: betterThan })}
          <br />
          <span class="meta">{t("ui.final.compared")}</span>
        </p>
      )}
    </Card>
  );
}

/** What the secret ambition has brought, nothing too; and why shares in a venture may count nothing. */
function OwnAim() {
  const room = useRoom();
  const { name, points = 0 } = storyOf(room.view)?.aim ?? {};
  const isBorn = room.view.all("venture").some((each) => each.lead === room.seat.value && each.born && !each.closed);
  const shares = room.view.find("score", room.seat.value)?.parts?.["shares"] ?? 0;
  return (
    <>
      {name && has(`ambition.${name}`) ? (
        <p>{t("ui.final.aim", { aim: t(`ambition.${name}`), points: number(points) })}</p>
      ) : null}
      {isBorn && shares === 0 ? <p class="meta">{t("ui.moment.season.shares.first")}</p> : null}
    </>
  );
}

/** What turned it for me, fetched with its words: a page opened after the end has none yet. */
function OwnTurns() {
  const [Found, setFound] = useState<FunctionComponent>();
  useEffect(() => {
    const parts = Promise.all([import("./story"), need("debrief")]);
    void fetchOrReload(() => parts).then(([chunk]) => setFound(() => chunk.OwnTurning));
  }, []);
  return Found ? <Found /> : null;
}

/** The end of the game for one seat; `children` stand below the way to the debrief. */
export function Final({ children }: { children?: ComponentChildren }) {
  const room = useRoom();
  const score = room.view.find("score", room.seat.value);
  const role = room.role.value;
  const rows = placed(room, role);
  const isOwnOpen = rolesOf(room).indexOf(role) < rolesOpen(room);
  const isOpen = isResultOpen(room);
  const own = isOwnOpen ? rows.find((row) => row.seat === room.seat.value) : undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  const question = t(`question.over.${role}`);
  useFocusOnQuestion(heading, question);
  // a page opened after the end has no words yet for what was told
  useEffect(() => void fetchOrReload(() => need("cards")), []);
  return (
    <div class="stack">
      <h1 ref={heading} tabIndex={-1}>
        {question}
      </h1>
      <Happened hostAlone />
      {isOpen ? null : <p>{t("ui.final.waits")}</p>}
      {own && score ? <OwnResult row={own} all={rows.length} score={score} role={role} /> : null}
      <Button look="ink" onClick={() => go(`d/${room.code.value}`)}>
        {t("ui.debrief.open")}
      </Button>
      {children}
      {isOpen ? <Runs /> : null}
      <OwnTurns />
      <Ranking />
      {isOpen ? <BestOfAll /> : null}
      <p class="note">{t("ui.final.thanks")}</p>
    </div>
  );
}
