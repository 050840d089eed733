// What a host takes home after the end: pages for the class, who took part, and the room as data. Pages name people, as
// the game did; in data names are left out unless they are asked for.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import type { Failure } from "../../protocol/frames";
import { isVisitor } from "../../store/chairs";
import { useRoom } from "../../store/context";
import { held } from "../../store/kept/held_seats";
import { homeOf, keepFile } from "../../store/taking_home";
import { t } from "../../texts";
import { filesTaken } from "../rehearsal/taken";
import { WhoTookPart } from "./who_took_part";

const PAGES = ["all", "class", "participation"] as const;
const FOR_VISITORS = ["class"] as const;
const FILES: readonly (readonly [what: string, path: string])[] = [
  ["debrief", "debrief"],
  ["tables", "export?format=csv"],
  ["log", "export?format=jsonl"],
];

export function TakeHome() {
  const room = useRoom();
  const { code } = room;
  const visits = isVisitor(room);
  const [failure, setFailure] = useState<Failure>();
  const token = held("host", code.value)?.token;
  if (!token) return null;
  const take = async (path: string): Promise<void> => {
    const refused = await keepFile(path, token);
    setFailure(refused);
    if (!refused) filesTaken.value += 1;
  };
  return (
    <section class="stack tight">
      <h2>{t("ui.host.take_home")}</h2>
      <p class="meta">{t("ui.host.take_home.lead")}</p>
      <div class="row">
        {(visits ? FOR_VISITORS : PAGES).map((what) => (
          <Button key={what} onClick={() => take(homeOf(code.value, what))}>
            {t(`ui.host.take_home.${what}`)}
          </Button>
        ))}
      </div>
      <HandOut onFailure={setFailure} />
      <Complaint failure={failure} />
      {visits ? <p class="meta">{t("ui.console.hosts.no_points")}</p> : <WhoTookPart code={code.value} token={token} />}
      <details class="fold">
        <summary>{t("ui.host.take_home.data")}</summary>
        <Data code={code.value} onTake={take} />
      </details>
    </section>
  );
}

/** Whether phones may save the class's page too. */
function HandOut({ onFailure }: { onFailure: (failure: Failure | undefined) => void }) {
  const room = useRoom();
  if (!room.command("host.hand_out")) return null;
  const on = room.view.single("room").page === true;
  const hand = async (): Promise<void> => onFailure((await room.send("host.hand_out", { page: !on })).error);
  return (
    <div class="row">
      <Button on={on} onClick={hand}>
        {t("ui.host.take_home.hand_out")}
      </Button>
    </div>
  );
}

/** The room as data, for whoever analyses it. */
function Data({ code, onTake }: { code: string; onTake: (path: string) => Promise<void> }) {
  const [withNames, setWithNames] = useState(false);
  const names = (path: string): string => (withNames && path.includes("?") ? "&names=1" : "");
  return (
    <div class="stack tight">
      <div class="row">
        {FILES.map(([what, path]) => (
          <Button key={what} onClick={() => onTake(`api/rooms/${code}/${path}${names(path)}`)}>
            {t(`ui.host.take_home.${what}`)}
          </Button>
        ))}
      </div>
      {isVisitor(useRoom()) ? null : (
        <Options
          label={t("ui.host.take_home.who")}
          options={[
            { value: false, label: t("ui.host.take_home.seats") },
            { value: true, label: t("ui.host.take_home.names") },
          ]}
          value={withNames}
          onChange={setWithNames}
        />
      )}
    </div>
  );
}
