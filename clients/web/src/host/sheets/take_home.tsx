// What a host takes home after the end: the debrief, the room as tables, or its log. The token goes in a header, never
// in an address; names are left out unless they are asked for.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { held } from "../../store/kept/held_seats";
import { t } from "../../texts";

const FILES: readonly (readonly [what: string, path: string])[] = [
  ["debrief", "debrief"],
  ["tables", "export?format=csv"],
  ["log", "export?format=jsonl"],
];
const NAME = /filename="([^"]+)"/;

export function TakeHome() {
  const { code } = useRoom();
  const [withNames, setWithNames] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const token = held("host", code.value)?.token;
  if (!token) return null;
  const take = async (path: string): Promise<void> =>
    setFailure(
      await fetchFile(`api/rooms/${code.value}/${path}${withNames && path.includes("?") ? "&names=1" : ""}`, token),
    );
  return (
    <section class="stack tight">
      <h2>{t("ui.host.take_home")}</h2>
      <div class="row">
        {FILES.map(([what, path]) => (
          <Button key={what} onClick={() => take(path)}>
            {t(`ui.host.take_home.${what}`)}
          </Button>
        ))}
      </div>
      <Options
        label={t("ui.host.take_home.who")}
        options={[
          { value: false, label: t("ui.host.take_home.seats") },
          { value: true, label: t("ui.host.take_home.names") },
        ]}
        value={withNames}
        onChange={setWithNames}
      />
      <Complaint failure={failure} />
    </section>
  );
}

/** Fetch a file and hand it to the browser to keep, or return why not. */
async function fetchFile(path: string, token: string): Promise<Failure | undefined> {
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined);
  if (!answer) return { code: "unavailable", message: t("ui.console.lost") };
  if (!answer.ok) return ((await answer.json()) as { error: Failure }).error;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = NAME.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "makersphere";
  link.click();
  URL.revokeObjectURL(link.href);
  return undefined;
}
