// The frame of matching: one half for each good that the rules bring to people, money first, and in each half the
// question of the module that does it. A way that this seat has no part in has no half.
import type { ComponentChildren, FunctionComponent } from "preact";
import { Options } from "../../parts/controls/options";
import { useRoom } from "../../store/context";
import { useKept } from "../../store/kept/use_kept";
import { optionsOf } from "../../store/legal";
import { seatName } from "../../store/names";
import type { Room } from "../../store/room";
import { type Way, waysOf } from "../../store/rules";
import { has, t } from "../../texts";
import { question } from "../question/question_texts";
import { isReady, type Main, Screen } from "../question/screen";
import { Sealed } from "../question/sealed";

/** How a role takes part in a way of matching. */
export interface Part {
  Body: FunctionComponent;
  /** The commands that the body offers. */
  commands: readonly string[];
  /** The main button's word, where it is not simply "Done". */
  label?: string;
}

export type Parts = { readonly [module: string]: Part };

/** The frame; `children` stand below whatever is asked. */
export function Matching({ parts, children }: { parts: Parts; children?: ComponentChildren }) {
  const room = useRoom();
  const [good, setGood] = useKept<string>("half", "money");
  const ways = open(room, parts);
  const way = ways.find((each) => each.good === good) ?? ways[0];
  const part = way && parts[way.module];
  const next = ways.find((each) => way?.good === "money" && each.good === "hours");
  const others = ways.filter((each) => each !== way).flatMap((each) => parts[each.module]?.commands ?? []);
  const done: Main = { label: t(part?.label ?? "ui.done") };
  const on: Main = {
    label: t("ui.to_hours"),
    stays: true,
    act: () => {
      setGood("hours");
      return true;
    },
  };
  return (
    <Screen
      question={questionOf(room, way)}
      main={next ? on : done}
      step={way?.good ?? ""}
      handled={ways.flatMap((each) => parts[each.module]?.commands ?? [])}
    >
      {ways.length > 1 ? <Halves ways={ways} good={way?.good ?? ""} onChange={setGood} /> : null}
      {isReady(room) ? null : <Sealed commands={others} />}
      {part ? <part.Body key={way?.module} /> : <p class="note">{t("ui.matching.none")}</p>}
      {children}
    </Screen>
  );
}

/**
 * Return the ways in which this seat can do something now, one for each good; a second one is offered as plain forms.
 */
function open(room: Room, parts: Parts): Way[] {
  const ways = waysOf(room).filter((way) => parts[way.module]?.commands.some((command) => room.command(command)));
  return ways.filter((way) => ways.find((each) => each.good === way.good) === way);
}

function questionOf(room: Room, way: Way | undefined): string {
  const role = room.role.value;
  const alone = way?.module === "negotiation" && !waysOf(room).some((each) => each.good === "hours");
  const step = alone ? "both" : (way?.module ?? "");
  const [one, ...more] = optionsOf(room.command("rank"), "investors", room.view.hand).map(Number);
  if (one !== undefined && more.length === 0 && has(`question.matching.${role}.${step}.one`)) {
    return t(`question.matching.${role}.${step}.one`, { who: seatName(room.view, one) });
  }
  return question("matching", role, has(`question.matching.${role}.${step}`) ? step : "");
}

function Halves({ ways, good, onChange }: { ways: readonly Way[]; good: string; onChange: (good: string) => void }) {
  const options = ways.map((way) => ({ value: way.good as string, label: t(`ui.half.${way.good}`) }));
  return <Options label={t("ui.halves")} options={options} value={good} onChange={onChange} unlabelled />;
}
