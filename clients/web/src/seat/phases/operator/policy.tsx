// Policy for operators: three ways to open, the rent, what comes of it, and one level worth buying; the rest is folded.

import { Complaint } from "../../../forms/form";
import { emptyValue } from "../../../forms/values";
import { Stepper } from "../../../parts/controls/stepper";
import { Sym } from "../../../parts/pictures/sprite";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { useKept } from "../../../store/kept/use_kept";
import { boundsOf, fieldsOf } from "../../../store/legal";
import { mine } from "../../../store/own_seat";
import { t } from "../../../texts";
import { number } from "../../../texts/numbers";
import { useAct, useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";
import { WorldCards } from "../policy";
import { FineTune } from "./fine_tune";
import { type Forecast, PATHS, type Path, useForecast } from "./forecast";
import { costOf, Levels } from "./levels";
import "./operator.css";
import { Presets } from "./presets";

const FIRST: Path = "community"; // one more desk: the level whose use everybody sees

export function PolicyOperator() {
  const room = useRoom();
  const { schema, fields, terms, set, refused } = useTerms();
  const { wanted, setWanted, buy, failure } = useBuying();
  const forecast = useForecast(terms);
  const levels = { forecast, wanted, onChange: setWanted };
  const others = PATHS.filter((path) => path !== FIRST && forecast?.levels[path]);
  const cost = costOf(forecast, wanted);
  const label = cost > 0 ? t("ui.open.buy", { n: number(cost) }) : t("command.set_terms");
  return (
    <Screen
      question={t(`question.policy.${room.role.value}`)}
      main={{ label, act: buy }}
      handled={["set_terms", "buy_level"]}
    >
      <Presets schema={schema} terms={terms} onChoose={set} />
      <Stepper
        label={t("field.rent")}
        hint={t("ui.open.rent")}
        value={Number(terms["rent"] ?? 0)}
        {...boundsOf(schema, "rent")}
        onChange={(rent) => set({ ...terms, rent })}
      />
      <Outcome forecast={forecast} wanted={wanted} />
      {forecast?.levels[FIRST] ? <Levels {...levels} paths={[FIRST]} /> : null}
      {wanted.length > 0 ? <p class="meta">{t("ui.open.armed")}</p> : null}
      <Complaint failure={failure ?? (refused?.field ? undefined : refused)} />
      <FineTune
        fields={fields.filter(([field]) => field !== "rent")}
        terms={terms}
        forecast={forecast}
        failure={refused}
        onChange={(field, value) => set({ ...terms, [field]: value })}
      >
        {others.length > 0 ? <Levels {...levels} paths={others} /> : null}
      </FineTune>
      <WorldCards />
    </Screen>
  );
}

/** The terms as they stand in the making. */
function useTerms() {
  const room = useRoom();
  const schema = room.command("set_terms");
  const { value, failure, set } = useSealed("set_terms");
  const fields = fieldsOf(schema, room.view.hand);
  const space = mine(room).space as unknown as Args | undefined;
  const terms: Args = Object.fromEntries(
    fields.map(([field, own]) => [field, value?.[field] ?? space?.[field] ?? emptyValue(own, true) ?? 0]),
  );
  return { schema, fields, terms, set, refused: failure };
}

/** Levels that are looked at and chosen; they are bought with the main button, one after the other. */
function useBuying() {
  const [kept, setKept] = useKept<Path[]>("bought", []);
  const { act, failure } = useAct();
  const buy = async (): Promise<boolean> => {
    const left = [...kept];
    for (const path of kept) {
      if (!(await act("buy_level", { path }))) return false;
      left.shift();
      setKept([...left]);
    }
    return true;
  };
  return { wanted: kept, setWanted: setKept, buy, failure };
}

const MOST_NUTS = 12;

/** Return whether more pass the bar, and knock here, than there are desks for. */
function isFull({ come, pass }: Pick<Forecast, "come" | "pass">, spaces: number): boolean {
  return come * Math.max(1, spaces) < pass;
}

/** Who likely comes in, and what the treasury holds after the season. */
function Outcome({ forecast, wanted }: { forecast: Forecast | undefined; wanted: readonly Path[] }) {
  const spaces = useRoom().view.all("space").length;
  if (!forecast) return null;
  const { of, pass, tenants, now, treasury, levels, isOld } = forecast;
  const come = wanted.includes("community") ? forecast.comeWithDesk : forecast.come;
  const then = wanted.reduce((sum, path) => sum + ((levels[path]?.then ?? treasury) - treasury), treasury);
  const most = Math.max(1, now, then);
  return (
    <div class={isOld ? "card opening-outcome old" : "card opening-outcome"} aria-busy={isOld}>
      <p>
        <b class="figure">{number(come)}</b> {t(tenants > 0 ? "ui.open.come.beside" : "ui.open.come", { of, tenants })}
        {isFull({ come, pass }, spaces) ? <span class="meta beside">{t("ui.open.come.desks", { pass })}</span> : null}
        <span class="nuts" aria-hidden="true">
          {Array.from({ length: Math.min(of, MOST_NUTS) }, (_, index) => (
            <span key={index} class={index * of < come * Math.min(of, MOST_NUTS) ? "in" : ""}>
              <Sym name="maker" size={18} />
            </span>
          ))}
        </span>
      </p>
      <p>
        <b class="figure">{number(then)}</b> {t("ui.open.treasury", { now: number(now) })}
        <span class="treasury-bar" aria-hidden="true">
          <i style={{ width: `${(100 * Math.max(0, then)) / most}%` }} />
          <u style={{ insetInlineStart: `${(100 * now) / most}%` }} />
        </span>
      </p>
    </div>
  );
}
