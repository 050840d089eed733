// The street in words, for those who cannot see it.
import { stageName } from "../../store/names";
import { t } from "../../texts";
import { listed } from "../../texts/numbers";
import type { Bond, Figure, Town } from "./town";

interface SpokenProps {
  town: Town;
  bonds: readonly Bond[];
}

export function SpokenList({ town, bonds }: SpokenProps) {
  const people = town.places.flatMap((place) => [...place.makers, ...place.investors]);
  const names = new Map(people.map(({ seat, name }) => [seat, name]));
  const bondsOf = (seat: number): string =>
    listed(
      bonds
        .filter((bond) => bond.one === seat || bond.other === seat)
        .map((bond) =>
          t(`ui.wall.bond.${bond.sort}`, { name: names.get(bond.one === seat ? bond.other : bond.one) ?? "" }),
        ),
    );
  return (
    <div class="unseen">
      {town.places.map((place) => (
        <section key={place.space} aria-label={place.name}>
          <ul>
            {[...place.makers, ...place.investors].map((figure) => (
              <li key={figure.seat}>
                <bdi>{figure.name}</bdi> {madeBy(figure)} {bondsOf(figure.seat)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function madeBy({ made }: Figure): string {
  if (!made) return "";
  const state = t(made.born ? "ui.part.born" : "ui.part.unborn");
  return t("ui.part", { name: made.name, stage: stageName(made.stage), n: made.stage + 1, state });
}
