// A set to play on paper with two dice, pencils and the cards: the rules, the numbers of this room, and boards to write
// on.
import type { ComponentChildren } from "preact";
import { Manual } from "../parts/page/manual";
import { Part } from "../parts/pictures/tokens";
import { useRoom } from "../store/context";
import { STAGES, TRACKS } from "../store/names";
import { t } from "../texts";
import { percent } from "../texts/numbers";
import { parameter } from "./cards";
import { PatternTile } from "./pattern";

const STEPS = [1, 2, 3, 4, 5, 6];
const SECTORS = ["health", "food", "energy", "learning", "city", "culture"];

export function Paper() {
  const room = useRoom();
  const seasons = room.game.value.seasons ?? 1;
  return (
    <>
      <HowToPlay />
      <section class="print-sheet print-manual">
        <PaperHead title={t("ui.rules")} />
        <Manual />
      </section>
      <section class="print-sheet halves">
        <VentureBoard />
        <VentureBoard />
      </section>
      <section class="print-sheet">
        <SpaceBoard seasons={seasons} />
      </section>
      <section class="print-sheet halves">
        <Account seasons={seasons} />
        <Account seasons={seasons} />
      </section>
      <section class="print-sheet sixths">
        {STEPS.map((each) => (
          <TermSheet key={each} />
        ))}
      </section>
      <section class="print-sheet demand-sheet">
        <DemandBoard seasons={seasons} />
      </section>
    </>
  );
}

function HowToPlay() {
  return (
    <section class="print-sheet">
      <PaperHead title={t("ui.print.paper.title")} />
      <p>{t("ui.print.paper.about")}</p>
      <ol class="print-steps">
        {STEPS.map((step) => (
          <li key={step}>{t(`ui.print.paper.step.${step}`)}</li>
        ))}
      </ol>
      <Needs />
      <Numbers />
    </section>
  );
}

function PaperHead({ title }: { title: string }) {
  return <h2 class="print-title">{title}</h2>;
}

/** What each stage asks for, by track, as this room has it. */
function Needs() {
  const { view } = useRoom();
  return (
    <table class="print-table">
      <caption>{t("ui.print.needs")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("ui.print.stage")}</th>
          {TRACKS.map((track) => (
            <th key={track} scope="col">
              {t(`track.${track}`)}
            </th>
          ))}
          <th scope="col">{t("ui.print.materials")}</th>
        </tr>
      </thead>
      <tbody>
        {STAGES.slice(1).map((stage, index) => (
          <tr key={stage}>
            <th scope="row">{t(`stage.${stage}`)}</th>
            {TRACKS.map((track) => (
              <td key={track} class="mono">
                {parameter(view, `need_${stage}_${track}`)}
              </td>
            ))}
            <td class="mono">{parameter(view, `materials_${STAGES[index]}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const NUMBERS = [
  "rent",
  "birth_credits",
  "birth_grant",
  "backer_grant",
  "product_grant",
  "maker_hours",
  "exchanges",
  "join_shares",
  "badge_price",
  "search_cost",
  "wage",
  "tax",
  "upkeep",
  "upkeep_station",
  "unborn_seasons",
  "pilot_bar",
  "product_bar",
];

function Numbers() {
  const { view } = useRoom();
  return (
    <dl class="print-numbers">
      {NUMBERS.map((name) => (
        <div key={name}>
          <dt>{t(`ui.print.number.${name}`)}</dt>
          <dd class="mono">{inUnit(name, parameter(view, name))}</dd>
        </div>
      ))}
    </dl>
  );
}

function inUnit(name: string, value: number | string): number | string {
  if (name === "join_shares") return percent(Number(value));
  return name === "tax" ? `${value}%` : value;
}

function Line({ label }: { label: string }) {
  return (
    <p class="print-line">
      <span>{label}</span>
      <i />
    </p>
  );
}

const SHORTEST = 20; // boxes of a track whose goals this room does not have

function VentureBoard() {
  const { view } = useRoom();
  const needs = (track: string): readonly number[] =>
    STAGES.slice(1).map((stage) => Number(parameter(view, `need_${stage}_${track}`)));
  return (
    <div class="board-sheet">
      <PaperHead title={t("ui.print.venture")} />
      <div class="print-lines">
        <Line label={t("ui.print.name")} />
        <Line label={t("ui.print.space")} />
        <Line label={t("ui.print.shares")} />
        <Line label={t("ui.print.born")} />
      </div>
      <div class="row stages">
        {STAGES.map((stage, index) => (
          <span key={stage} class="person">
            <Part stage={index} born name="" size={30} /> {t(`stage.${stage}`)}
          </span>
        ))}
      </div>
      {TRACKS.map((track) => (
        <div key={track} class="track-row">
          <b>{t(`track.${track}`)}</b>
          <span class="boxes">
            {Array.from({ length: Math.max(...needs(track).filter(Number.isFinite), SHORTEST) }, (_, box) => (
              <i key={box} class={needs(track).includes(box + 1) ? "goal" : ""}>
                {needs(track).includes(box + 1) ? box + 1 : ""}
              </i>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

function Grid({
  title,
  rows,
  seasons,
  lead,
}: {
  title: ComponentChildren;
  rows: readonly ComponentChildren[];
  seasons: number;
  lead: string;
}) {
  return (
    <table class="print-table wide">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{lead}</th>
          {Array.from({ length: seasons }, (_, season) => (
            <th key={season} scope="col">
              {t("ui.print.season", { n: season + 1 })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            <th scope="row">{row}</th>
            {Array.from({ length: seasons }, (_, season) => (
              <td key={season} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SPACE_ROWS = [
  "rent",
  "maker_bar",
  "investor_bar",
  "appraisal_bar",
  "desks",
  "community",
  "resources",
  "integration",
  "commons",
  "treasury",
];

function SpaceBoard({ seasons }: { seasons: number }) {
  return (
    <>
      <PaperHead title={t("ui.print.space.board")} />
      <div class="print-lines">
        <Line label={t("ui.print.space")} />
        <Line label={t("role.operator")} />
      </div>
      <Grid
        title=""
        rows={SPACE_ROWS.map((row) => t(`ui.print.space.${row}`))}
        seasons={seasons}
        lead={t("ui.print.each_season")}
      />
      <p class="print-label">{t("ui.print.desks")}</p>
      <div class="desks">
        {Array.from({ length: 12 }, (_, desk) => (
          <i key={desk} />
        ))}
      </div>
    </>
  );
}

function Account({ seasons }: { seasons: number }) {
  const rows = ["begin", "in", "out", "kept", "hours", "spirit"];
  return (
    <div class="board-sheet">
      <PaperHead title={t("ui.print.account")} />
      <div class="print-lines">
        <Line label={t("ui.print.name")} />
        <Line label={t("ui.print.role")} />
      </div>
      <Grid
        title=""
        rows={rows.map((row) => t(`ui.print.account.${row}`))}
        seasons={seasons}
        lead={t("ui.print.each_season")}
      />
    </div>
  );
}

function TermSheet() {
  return (
    <div class="term-sheet">
      <PaperHead title={t("ui.print.terms")} />
      {["venture", "from", "credits", "hours", "share", "fee", "signed"].map((line) => (
        <Line key={line} label={t(`ui.print.terms.${line}`)} />
      ))}
    </div>
  );
}

function DemandBoard({ seasons }: { seasons: number }) {
  const rows = SECTORS.map((sector) => (
    <span key={sector} class="person">
      <PatternTile sector={sector} mm={10} /> {t(`sector.${sector}`)}
    </span>
  ));
  return (
    <>
      <PaperHead title={t("ui.print.demand")} />
      <p>{t("ui.print.demand.text", { amount: parameter(useRoom().view, "demand_per_maker") })}</p>
      <Grid title="" rows={rows} seasons={seasons} lead={t("ui.print.sector")} />
    </>
  );
}
