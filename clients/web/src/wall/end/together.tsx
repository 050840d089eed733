// What the class built together: what was born, what became a product, who got to know whom, and how well the spaces
// live, against how they began.
import type { ComponentChildren } from "preact";
import { CordPicture, DealPieces } from "../../parts/pictures/things/things";
import { tieCount } from "../../parts/results/debrief_data";
import { useRoom } from "../../store/context";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { number } from "../../texts/numbers";
import { Drawing, PartsOf } from "../drawn";
import { useDarkMat } from "../mat";

const PRODUCT = 3;

export function TogetherScene() {
  useDarkMat();
  const { view } = useRoom();
  const born = view.all("venture").filter((venture) => venture.born);
  const products = born.filter((venture) => venture.stage >= PRODUCT);
  return (
    <div class="together">
      <h2 class="board must">{t("ui.wall.together.title")}</h2>
      <div class="four">
        <Sum name="births" n={born.length} picture={<PartsOf ventures={born} otherwise={0} />} />
        <Sum name="products" n={products.length} picture={<PartsOf ventures={products} otherwise={PRODUCT} />} />
        <Sum name="ties" n={tieCount(view)} picture={<Drawing box="-60 -24 120 56" drawn={<CordPicture />} />} />
        <Sum name="deals" n={view.all("deal").length} picture={<Drawing box="-8 -4 128 60" drawn={<DealPieces />} />} />
      </div>
      <Vitality />
    </div>
  );
}

function Sum({ name, n, picture }: { name: string; n: number; picture: ComponentChildren }) {
  return (
    <section class={n === 0 ? "board none" : "board"}>
      <div class="sum-picture">{picture}</div>
      <b class="sum">{number(n)}</b>
      <p>{tn(`ui.wall.together.${name}`, n)}</p>
    </section>
  );
}

const INDICES = ["community", "resources", "integration"] as const;

/** Return the mean of an index over all spaces in a season, rounded. */
export function meanIndex(view: View, index: string, season: number | undefined): number | undefined {
  const values = view.all("figures").find((figures) => figures.season === season)?.values ?? {};
  const found = Object.entries(values).filter(([name]) => name.startsWith(`${index}_`));
  return found.length ? Math.round(found.reduce((sum, [, value]) => sum + value, 0) / found.length) : undefined;
}

function Vitality() {
  const { view } = useRoom();
  const seasons = view.all("figures").map(({ season }) => season);
  const [begin, end] = [Math.min(...seasons), Math.max(...seasons)];
  const now = meanIndex(view, "vitality", end);
  const before = meanIndex(view, "vitality", begin);
  if (now === undefined) return null;
  return (
    <section class="board vitality-of-all">
      <div>
        <p>{t("term.vitality")}</p>
        <b class="sum">{number(now)}</b>
        {before === undefined || begin === end ? null : (
          <p class="wall-meta began">
            <u class="mark" aria-hidden="true" />
            {t("ui.wall.together.began", { n: number(before) })}
          </p>
        )}
      </div>
      <dl>
        {INDICES.map((index) => (
          <Index key={index} index={index} now={meanIndex(view, index, end)} before={meanIndex(view, index, begin)} />
        ))}
      </dl>
    </section>
  );
}

function Index({ index, now = 0, before = 0 }: { index: string; now: number | undefined; before: number | undefined }) {
  return (
    <div>
      <dt>{t(`path.${index}`)}</dt>
      <dd>
        <span class="bar" aria-hidden="true">
          <i style={{ width: `${Math.min(100, now)}%` }} />
          <u style={{ insetInlineStart: `${Math.min(100, before)}%` }} />
        </span>
        <b>{number(now)}</b>
      </dd>
    </div>
  );
}
