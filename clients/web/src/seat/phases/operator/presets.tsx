// Three ways to open: the door wide, half, or nearly shut. A preset is a proposal of the page for terms that are all
// set below it, within the bounds that the server gives.
import { Card } from "../../../parts/pictures/card";
import { Sym } from "../../../parts/pictures/sprite";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { boundsOf, type Schema } from "../../../store/legal";
import { mine } from "../../../store/own_seat";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";

const WAYS = ["cheap", "before", "choosy"] as const;
type Way = (typeof WAYS)[number];

const RENT_STEP = 6;
const BAR_STEP = 8;
const STEPS: { readonly [field: string]: number } = {
  rent: RENT_STEP,
  maker_bar: BAR_STEP,
  investor_bar: BAR_STEP,
  appraisal_bar: BAR_STEP,
};
const SIGN: { readonly [way in Way]: number } = { cheap: -1, before: 0, choosy: 1 };

interface PresetsProps {
  schema: Schema | undefined;
  terms: Args;
  onChoose: (terms: Args) => void;
}

export function Presets({ schema, terms, onChoose }: PresetsProps) {
  const room = useRoom();
  const { view, game } = room;
  const stands = (mine(room).space ?? {}) as unknown as Args; // what was chosen this season changes no preset
  const meant = (way: Way): Args => ({ ...terms, ...presetOf(way) });
  const presetOf = (way: Way): Args =>
    Object.fromEntries(
      Object.entries(STEPS)
        .filter(([field]) => schema?.properties?.[field])
        .map(([field, step]) => {
          const { min, max } = boundsOf(schema, field);
          const printed = parameter(view, "world", field);
          const wanted =
            way === "before" ? Number(stands[field] ?? terms[field] ?? printed) : printed + SIGN[way] * step;
          return [field, Math.min(max, Math.max(min, wanted))];
        }),
    );
  const chosen = [...WAYS].sort((one) => (one === "before" ? -1 : 0)).find((way) => isChosen(presetOf(way), terms));
  const isFirst = (game.value.season ?? 1) === (view.single("run").first_season ?? 1);
  return (
    <div class="presets">
      {WAYS.map((way) => (
        <Card key={way} chosen={way === chosen} onChoose={() => onChoose(meant(way))}>
          <Door way={way} />
          <b>
            {way === chosen ? <Sym name="check" size={16} /> : null}{" "}
            {t(`ui.open.${way === "before" && isFirst ? "usual" : way}`)}
          </b>
          <span class="micro">{saidOf(presetOf(way))}</span>
        </Card>
      ))}
    </div>
  );
}

/** A preset stays chosen while the rent alone is changed, where there are bars by which it is told apart. */
function isChosen(preset: Args, terms: Args): boolean {
  const bars = Object.keys(preset).filter((field) => field !== "rent");
  return (bars.length > 0 ? bars : ["rent"]).every((field) => preset[field] === terms[field]);
}

function saidOf(preset: Args): string {
  const rent = Number(preset["rent"]);
  const bar = preset["maker_bar"];
  return bar === undefined ? t("ui.open.says.rent", { rent }) : t("ui.open.says", { rent, bar: Number(bar) });
}

const LEAF: { readonly [way in Way]: string } = {
  cheap: "M30 12 38 8V44L30 40Z",
  before: "M30 12 48 7V45L30 40Z",
  choosy: "M30 12H60V40H30Z",
};

/** A door whose leaf stands as wide open as the space. */
function Door({ way }: { way: Way }) {
  return (
    <svg class="preset-door" aria-hidden="true" width="72" height="46" viewBox="0 0 96 46">
      <path d="M4 40H92" stroke="currentColor" stroke-width="4" />
      <path d="M28 40V10H68V40" fill="var(--surface)" stroke="currentColor" stroke-width="4" />
      <path d={LEAF[way]} fill="var(--operator)" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}
