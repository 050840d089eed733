// Who took part, for the host alone: a row a person, asked of the server when the host looks.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import { seasonInRun } from "../../store/run";
import { type TookPart, whoTookPart } from "../../store/taking_home";
import type { View } from "../../store/view";
import { t } from "../../texts";

const COLUMNS = ["points", "decided", "seasons", "answered", "asked", "left"] as const;
type Column = (typeof COLUMNS)[number];

export function WhoTookPart({ code, token }: { code: string; token: string }) {
  const [found, setFound] = useState<readonly TookPart[] | Failure>();
  const look = async (): Promise<void> => setFound(await whoTookPart(code, token));
  return (
    <details class="fold" onToggle={(event) => event.currentTarget.open && found === undefined && void look()}>
      <summary>{t("ui.host.took_part")}</summary>
      {Array.isArray(found) ? <Table people={found} /> : <Complaint failure={found as Failure | undefined} />}
    </details>
  );
}

function Table({ people }: { people: readonly TookPart[] }) {
  const { view } = useRoom();
  if (people.length === 0) return <p class="meta">{t("ui.host.took_part.none")}</p>;
  return (
    <div class="wide-table">
      <p class="meta">{t("ui.host.took_part.how")}</p>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t("ui.host.took_part.name")}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`ui.host.took_part.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <bdi>{person.name || seatName(view, person.seat)}</bdi>
              </th>
              {COLUMNS.map((column) => (
                <td key={column} class="mono">
                  {cell(view, person, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cell(view: View, person: TookPart, column: Column): string {
  switch (column) {
    case "decided":
      return of(person.decided, person.phases);
    case "seasons":
      return of(person.seasons_taken_part, person.seasons);
    case "answered":
      return of(person.answered + person.answered_at_end, person.questions + person.questions_at_end);
    case "asked":
      return String(person.asked_host);
    case "left":
      return leftAt(view, person);
    case "points":
      return pointsOf(person);
  }
}

/** Return the points by the scenario's policy, and where that differs those without idle phases. */
function pointsOf({ points, points_of: most, points_without_idle: n }: TookPart): string {
  const counted = of(points, most);
  return points === n ? counted : t("ui.host.took_part.without_idle", { points: counted, n });
}

function of(done: number, all: number): string {
  return all === 0 ? "" : t("ui.host.took_part.of", { n: done, of: all });
}

function leftAt(view: View, { left_season, left_phase }: TookPart): string {
  if (left_season === "") return "";
  return t("ui.when", { season: seasonInRun(view, left_season), phase: t(`phase.${left_phase}`) });
}
