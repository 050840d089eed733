// How a table of a class stands, in the words that its console and its wall have alike. It names nobody.
import { type ClassTable, secondsLeft } from "../../store/classes";
import type { Room } from "../../store/room";
import { tick } from "../../store/time";
import { t } from "../../texts";

/** Return which season and phase it is, or that there is none. */
export function whereItIs({ status, season = 0, seasons = 0, phase = "" }: ClassTable): string {
  if (status !== "running") return t(`ui.class.status.${status}`);
  return t("ui.class.where", { season, seasons, phase: t(`phase.${phase}`) });
}

/** Minutes and seconds that the phase has left; nothing where no clock runs. */
export function TimeLeft({ room, table }: { room: Room; table: ClassTable }) {
  void tick.value;
  const seconds = secondsLeft(room, table);
  if (seconds === undefined) return null;
  const digits = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <span class="mono number">{digits}</span>;
}

/** How many of those who sit there have done this phase, as a bar and in numbers. */
export function Done({ table: { ready = 0, people = 0, status } }: { table: ClassTable }) {
  if (status !== "running" || people === 0) return null;
  return (
    <div class="class-done">
      <span class="class-bar" aria-hidden="true">
        <i style={{ width: `${(100 * Math.min(ready, people)) / people}%` }} />
      </span>
      <span>{t("ui.class.ready", { ready, people })}</span>
    </div>
  );
}
