// The end on the wall: how long was played, the moments that turned it, the aims turned over, and the proof of the
// dice.

import { useEffect } from "preact/hooks";
import { displayWidth } from "../../parts/pictures/text_width";
import { debriefOf } from "../../parts/results/debrief_data";
import { useMoments } from "../../parts/results/moments";
import { Runs } from "../../parts/results/runs";
import { isForAll } from "../../parts/results/scenes";
import { WhyProgress } from "../../parts/results/why";
import { WhyCard } from "../../parts/results/why_card";
import { isWhyToCome, whyCount, whysOf } from "../../parts/results/why_data";
import { useRoom } from "../../store/context";
import { seatName, wholeName } from "../../store/names";
import type { View } from "../../store/view";
import { need, t, tn } from "../../texts";
import { listed, number } from "../../texts/numbers";
import { withDotsBehind } from "../long_names";
import { checked, commitmentOf, openedSeed } from "./draws";
import { Revealed, Scene, type SceneProps } from "./scene";

/** A class that has played under several rules sees its runs side by side. */
export function RunsScene() {
  return (
    <Scene title={t("ui.runs")}>
      <div class="runs-beside">
        <Runs />
      </div>
    </Scene>
  );
}

const MOMENTS_IN_VIEW = 5;
const LINES_IN_VIEW = 13; // of the smaller size
const ROOMY = 10; // so few lines are written larger
const LINE = 42; // how wide one is, in sizes of its letters
const GAP = 0.4; // lines

interface Told {
  when: string;
  text: string;
}

/** How many lines moments take: the newest is larger, with its season above it. */
function linesOf(moments: readonly Told[]): number {
  return moments.reduce((sum, { when, text }, at) => {
    const lines = Math.ceil(displayWidth(`${when} ${text}`, 1) / LINE);
    return sum + (at === moments.length - 1 ? 2 * lines + 1 : lines + GAP);
  }, 0);
}

/** Return the last of them: as many as the board has lines for, the older ones give way. */
export function inView<One extends Told>(moments: readonly One[]): readonly One[] {
  const last = moments.slice(-MOMENTS_IN_VIEW);
  const from = last.findIndex((_, at) => linesOf(last.slice(at)) <= LINES_IN_VIEW);
  return from < 0 ? last.slice(-1) : last.slice(from);
}

export function MomentsScene({ step }: SceneProps) {
  useEffect(() => void need("debrief"), []);
  const told = useMoments().filter((moment) => isForAll(moment.about));
  const moments = inView(told.slice(0, step + 1));
  return (
    <Scene title={t("ui.wall.scene.moments.title")}>
      <ol class={linesOf(moments) > ROOMY ? "moments fills" : "moments fills roomy"}>
        {moments.map((moment, index) => (
          <li key={moment.number}>
            <span class="wall-meta">{moment.when}</span>{" "}
            <span class={index === moments.length - 1 ? "must" : ""}>{withDotsBehind(moment.text)}</span>
          </li>
        ))}
      </ol>
    </Scene>
  );
}

/** One moment with its cause, what might have been and a question; a step has its moment whichever is made first. */
export function WhyScene({ step }: SceneProps) {
  const { view } = useRoom();
  const why = whysOf(view).find(({ number }) => number === step + 1);
  const isKnown = isWhyToCome(view, step + 1) && whyCount(view) > 0;
  return (
    <Scene title={t("ui.wall.scene.why.title")}>
      {isKnown ? <p>{t("ui.debrief.why.to_come", { n: step + 1 })}</p> : null}
      {why ? <WhyCard why={why} wall /> : <WhyProgress />}
    </Scene>
  );
}

const AIMS = ["craft", "wealth", "control"];

export function AimsScene({ step }: SceneProps) {
  const { view } = useRoom();
  const makers = view.all("maker").filter((maker) => maker.ambition);
  const held = AIMS.map((aim) => ({
    aim,
    ...namesOf(
      view,
      makers.filter((maker) => maker.ambition === aim).map((maker) => maker.seat),
    ),
  }));
  return (
    <Scene title={t("ui.wall.scene.aims.title")}>
      <div class={held.every(({ names }) => isFew(names)) ? "aims fills few" : "aims fills"}>
        {held.map(({ aim, count, names }) => (
          <section key={aim}>
            <p class="must mono">{count}</p>
            <h3>{t(`ambition.${aim}`)}</h3>
            <Reached aim={aim} />
            <Revealed on={step >= 1}>
              <p class="aim-names">{step >= 1 ? names : ""}</p>
            </Revealed>
          </section>
        ))}
      </div>
    </Scene>
  );
}

const AIMS_NAMED = 12;
const FEW_LETTERS = 55; // in sizes of the larger letters: five lines of a column

const MOST_LETTERS = 72; // in sizes of the smaller letters: six lines of a column that breaks between names alone

/** How many have an aim, and as many of their names as a column has room for. */
export function namesOf(view: View, seats: readonly number[]): { count: number; names: string } {
  const names = seats.slice(0, AIMS_NAMED).map((seat) => nameIn(view, seat));
  while (names.length > 1 && displayWidth(listed(names), 1) > MOST_LETTERS) names.pop();
  const more = seats.length - names.length;
  return { count: seats.length, names: more > 0 ? `${listed(names)} +${number(more)}` : listed(names) };
}

const NAME_LINE = 12.5; // in sizes of the larger letters: a line of a column

const WORDS = / |(?<=\p{L}-)(?=\p{L})/u;

/** A name of several words stays on one line where it fits; it is cut where one of its words has no room in one. */
function nameIn(view: View, seat: number): string {
  const name = withDotsBehind(wholeName(view, seat));
  if (displayWidth(name, 1) <= NAME_LINE) return unbroken(name);
  const isRoom = name.split(WORDS).every((word) => displayWidth(word, 1) <= NAME_LINE);
  return isRoom ? name : unbroken(seatName(view, seat));
}

function unbroken(name: string): string {
  return name.replaceAll(" ", "\u00a0");
}

function isFew(names: string): boolean {
  return displayWidth(names, 1) <= FEW_LETTERS;
}

function Reached({ aim }: { aim: string }) {
  const { view } = useRoom();
  const reached = debriefOf(view)?.aims[aim]?.["reached"];
  return reached === undefined ? null : <p>{tn("ui.wall.aims.reached", reached)}</p>;
}

export function ProofScene({ step }: SceneProps) {
  const { view } = useRoom();
  const opened = openedSeed(view);
  const { commitment = "" } = view.single("game");
  return (
    <Scene title={t("ui.wall.scene.proof.title")}>
      <p>{t("ui.wall.proof.before")}</p>
      <p class="hash mono">{commitment}</p>
      <Revealed on={step >= 1}>
        {opened && step >= 1 ? <Proof opened={opened} commitment={commitment} /> : <p>{t("ui.wall.proof.kept")}</p>}
      </Revealed>
    </Scene>
  );
}

function Proof({ opened, commitment }: { opened: { seed: string; nonce: string }; commitment: string }) {
  const { view } = useRoom();
  const matches = commitmentOf(opened) === commitment;
  const { dice, right } = checked(view, opened);
  return (
    <>
      <p>{t("ui.wall.proof.seed")}</p>
      <p class="hash mono">
        {opened.seed} {opened.nonce}
      </p>
      <p class={matches ? "must good" : "must bad"}>{t(matches ? "ui.wall.proof.matches" : "ui.wall.proof.differs")}</p>
      {dice > 0 ? (
        <p class={right ? "good" : "bad"}>{right ? tn("ui.wall.proof.dice", dice) : t("ui.wall.proof.dice_differ")}</p>
      ) : null}
    </>
  );
}
