// The head of a table with a column to a season, numbered within its run.
import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { t } from "../../texts";

export function SeasonHead({ seasons }: { seasons: readonly number[] }) {
  const { view } = useRoom();
  return (
    <thead>
      <tr>
        <td />
        {seasons.map((season) => (
          <th key={season} scope="col" aria-label={t("ui.season", { season: seasonInRun(view, season) })}>
            {seasonInRun(view, season)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
