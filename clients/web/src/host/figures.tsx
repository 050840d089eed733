// What the debrief talks about: the ecosystem's figures season by season, and a question to begin with.
import { SeasonHead } from "../parts/results/season_head";
import { useRoom } from "../store/context";
import type { ByNumber } from "../store/entities";
import { spaceName } from "../store/names";
import { t } from "../texts";
import { number } from "../texts/numbers";

const COUNTED = ["births", "products", "exits", "deals", "search_per_deal", "density"];
const SPACES_BY_NAME = 2; // more of them share a row, so that the wall holds the table
const TENTHS = 10;

type Row = readonly [name: string, cell: (values: ByNumber) => string];

function cellOf(name: string, values: ByNumber): string {
  if (name === "search_per_deal") return ((values[name] ?? 0) / TENTHS).toFixed(1);
  if (name !== "exits") return number(values[name] ?? 0);
  const exits = Object.entries(values).filter(([each]) => each.startsWith("exits_"));
  return number(exits.reduce((sum, [, count]) => sum + count, 0));
}

function vitalities(spaces: readonly number[]): readonly Row[] {
  if (spaces.length === 0) return [];
  const range = (values: ByNumber): string => {
    const found = spaces.map((id) => values[`vitality_${id}`] ?? 0);
    return `${number(Math.min(...found))}–${number(Math.max(...found))}`;
  };
  return [[t("ui.wall.figure.vitalities"), range]];
}

/** `isLastKept`: what the season has brought in which the game ended is still to be shown. */
export function Figures({ isLastKept = false }: { isLastKept?: boolean }) {
  const { view } = useRoom();
  const { season: last } = view.single("game");
  const told = view.all("figures").filter(({ season }) => !isLastKept || season !== last);
  const seasons = told.sort((one, other) => one.season - other.season);
  const spaces = view.all("space").map((space) => space.id);
  const ofSpaces: readonly Row[] =
    spaces.length > SPACES_BY_NAME
      ? vitalities(spaces)
      : spaces.map((id) => [
          t("ui.wall.figure.vitality", { space: spaceName(view, id) }),
          (values) => cellOf(`vitality_${id}`, values),
        ]);
  const rows: readonly Row[] = [
    ...COUNTED.map((name): Row => [t(`ui.wall.figure.${name}`), (values) => cellOf(name, values)]),
    ...ofSpaces,
  ];
  if (seasons.length === 0) return null;
  return (
    <section class="stack tight">
      <table class="figures">
        <caption>{t("ui.wall.figures")}</caption>
        <SeasonHead seasons={seasons.map(({ season }) => season)} />
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {seasons.map(({ season, values }) => (
                <td key={season} class="mono">
                  {cell(values)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="talk">{t("ui.wall.talk")}</p>
    </section>
  );
}
