// How the room is doing: small curves by season, the spaces' vitality, and who leads in each role.

import { useRoom } from "../../store/context";
import { ROLES, spaceName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import { t } from "../../texts";
import { about, listed, number } from "../../texts/numbers";
import { RoleRanks } from "../end/podium";
import { Revealed, Scene, type SceneProps } from "./scene";

const CURVES = ["births", "deals", "ties", "search_per_deal", "spirit", "energy_in"];
const TENTHS: readonly string[] = ["search_per_deal", "spirit"];

export function IndicesScene() {
  const { view } = useRoom();
  const seasons = [...view.all("figures")].sort((one, other) => one.season - other.season);
  return (
    <Scene title={t("ui.wall.scene.indices.title")}>
      {seasons.length === 0 ? <p>{t("ui.wall.figures.later")}</p> : null}
      <ul class="small-curves fills">
        {seasons.length === 0
          ? null
          : CURVES.map((name, index) => (
              <SmallCurve
                key={name}
                name={t(`ui.wall.curve.${name}`)}
                values={seasons.map(({ values }) => (values[name] ?? 0) / (TENTHS.includes(name) ? 10 : 1))}
                seasons={seasons.map(({ season }) => seasonInRun(view, season))}
                look={index}
              />
            ))}
      </ul>
      <Vitality />
    </Scene>
  );
}

const SIZE = { width: 240, height: 84, pad: 10 };

/** A curve with its last number: dots and dashes tell the curves apart where colours do not. */
function SmallCurve({
  name,
  values,
  seasons,
  look,
}: {
  name: string;
  values: readonly number[];
  seasons: readonly number[];
  look: number;
}) {
  const most = Math.max(1, ...values);
  const x = (index: number): number =>
    SIZE.pad + (values.length > 1 ? (index * (SIZE.width - 2 * SIZE.pad)) / (values.length - 1) : 0);
  const y = (value: number): number => SIZE.height - SIZE.pad - (value / most) * (SIZE.height - 2 * SIZE.pad);
  const points = values.map((value, index) => `${x(index)},${y(value)}`);
  const spoken = listed(
    values.map((value, index) => about(t("ui.season", { season: seasons[index] ?? 0 }), number(value))),
  );
  return (
    <li>
      <span class="wall-meta">{name}</span>
      <span class="curve-line">
        <svg hidden={values.length < 2} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={spoken}>
          <path class="base" d={`M0 ${SIZE.height - 2}H${SIZE.width}`} />
          <polyline class={`curve look-${look % 3}`} points={points.join(" ")} />
          {values.map((value, index) => (
            <circle key={index} cx={x(index)} cy={y(value)} r={index === values.length - 1 ? 9 : 6} />
          ))}
        </svg>
        <b class="mono">{number(values.at(-1) ?? 0)}</b>
      </span>
    </li>
  );
}

const SPACES_NAMED = 5; // below the curves
const INDICES = ["community", "resources", "integration"] as const;

function Vitality() {
  const { view } = useRoom();
  const spaces = view.all("space");
  return (
    <table class="vitality">
      <thead>
        <tr>
          <td />
          <th scope="col" colSpan={2}>
            {t("ui.wall.index.vitality")}
          </th>
          {INDICES.map((index) => (
            <th key={index} scope="col">
              {t(`ui.wall.index.${index}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {spaces.slice(0, SPACES_NAMED).map((space) => (
          <tr key={space.id}>
            <th scope="row">{spaceName(view, space.id)}</th>
            <td>
              <span class="bar" aria-hidden="true">
                <i style={{ width: `${Math.min(100, space.vitality ?? 0)}%` }} />
              </span>
            </td>
            <td>
              <b>{number(space.vitality ?? 0)}</b>
            </td>
            {INDICES.map((index) => (
              <td key={index}>{number(space[`${index}_index`] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function LeadersScene({ step }: SceneProps) {
  const room = useRoom();
  return (
    <div class="leaders all-roles so-far">
      <h2 class="board must">{t("ui.wall.scene.leaders.title")}</h2>
      <div>
        {ROLES.map((role, index) => (
          <Revealed key={role} on={step >= index}>
            <RoleRanks role={role} />
          </Revealed>
        ))}
      </div>
      {room.view.all("score").length === 0 ? <p>{t("ui.wall.figures.later")}</p> : null}
    </div>
  );
}
