// Levels: a look at what one brings and leaves in the treasury, chosen with a tap and taken back with another. They are
// bought with the main button.
import { Card, Chosen } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { mine } from "../../../store/own_seat";
import { t } from "../../../texts";
import { number } from "../../../texts/numbers";
import type { Forecast, Path } from "./forecast";

interface LevelsProps {
  paths: readonly Path[];
  forecast: Forecast | undefined;
  wanted: readonly Path[];
  onChange: (wanted: Path[]) => void;
}

export function costOf(forecast: Forecast | undefined, wanted: readonly Path[]): number {
  return wanted.reduce((sum, path) => sum + (forecast?.levels[path]?.cost ?? 0), 0);
}

export function Levels({ paths, forecast, wanted, onChange }: LevelsProps) {
  const { space } = mine(useRoom());
  const left = (forecast?.now ?? 0) - costOf(forecast, wanted);
  if (!space) return null;
  return (
    <div class="cards">
      {paths.map((path) => {
        const level = forecast?.levels[path];
        const isWanted = wanted.includes(path);
        return (
          <Card
            key={path}
            chosen={isWanted}
            disabled={!isWanted && (level === undefined || level.cost > left)}
            onChoose={() => onChange(isWanted ? wanted.filter((each) => each !== path) : [...wanted, path])}
          >
            <span class="head">
              <span class="name">
                {t("ui.open.level", { path: t(`path.${path}`), n: Number(space[path] ?? 0) + 1 })}
              </span>
              {level ? <b class="mono">{t("ui.open.cost", { n: number(level.cost) })}</b> : null}
              <Chosen on={isWanted} />
            </span>
            <span class="meta block">{t(`path.${path}.blurb`)}</span>
            {level ? <span class="meta block">{t("ui.open.then", { n: number(level.then) })}</span> : null}
          </Card>
        );
      })}
    </div>
  );
}
