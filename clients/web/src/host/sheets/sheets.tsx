// The sheets of the console: the code in full, who hosts, the end, the keys, the menu. One is open at a time.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { Options } from "../../parts/controls/options";
import { Confirm, Sheet } from "../../parts/controls/sheet";
import { ForgetLater } from "../../parts/page/forget_later";
import { say } from "../../parts/page/live_regions";
import { LookSettings } from "../../parts/page/menu";
import { lastByHost } from "../../parts/results/last_season";
import { shownOf, WAY_IN } from "../../parts/results/scenes";
import { traits } from "../../prefs";
import type { Args, Failure } from "../../protocol/frames";
import { link, PRINTED } from "../../route";
import { useRoom } from "../../store/context";
import { codeOf } from "../../store/join_address";
import { optionsOf } from "../../store/legal";
import { t } from "../../texts";
import { BackSheet, ForkSheet } from "../bar/back_to_phase";
import { CloseSheet } from "../bar/close_phase";
import { PlanSheet } from "../bar/plan";
import { Chairs } from "../chairs";
import { LogSheet } from "../log";
import { AddSeat } from "../seats/add_seat";
import { useSelection } from "../selection";
import { AnswersSheet } from "./answers_sheet";
import { BehindSheet } from "./behind";
import { DateSheet } from "./date";
import { ShockSheet } from "./shock";
import { brokerOf, ThingsSheet } from "./things";
import { WallSheet } from "./wall_sheet";
import { PhonesNetwork, RoomAddress } from "./ways_in";

export function Sheets() {
  const selection = useSelection();
  useKeys({ Q: () => selection.open("code"), L: () => selection.open("log"), "?": () => selection.open("keys") });
  switch (selection.sheet.value) {
    case "code":
      return <CodeSheet />;
    case "hosts":
      return <HostsSheet />;
    case "close":
      return <CloseSheet />;
    case "end":
      return <EndSheet />;
    case "back":
      return <BackSheet />;
    case "fork":
      return <ForkSheet />;
    case "shock":
      return <ShockSheet />;
    case "plan":
      return <PlanSheet />;
    case "log":
      return <LogSheet />;
    case "keys":
      return <KeysSheet />;
    case "behind":
      return <BehindSheet />;
    case "date":
      return <DateSheet />;
    case "things":
      return <ThingsSheet />;
    case "wall":
      return <WallSheet />;
    case "answers":
      return <AnswersSheet />;
    case "menu":
      return <MenuSheet />;
    default:
      return null;
  }
}

/** How people get in: code, QR and address, large enough to be read from the first row, and a seat for one more. */
function CodeSheet() {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const onWall = async (): Promise<void> => {
    const { error } = await room.send("host.show", { scene: WAY_IN, curtain: false });
    setFailure(error);
    if (error) return;
    say(t("ui.host.code.shown"));
    selection.close(); // the page beneath says what is on the wall now
  };
  return (
    <Sheet title={t("ui.console.join")} onClose={() => selection.close()}>
      <div class="stack code-sheet">
        <b class="mono figure">{codeOf(room)}</b>
        <RoomAddress />
        <div class="row">
          <Button onClick={onWall}>{t("ui.host.code.on_wall")}</Button>
          <a class="button" href={link(`s/${room.code.value}`)} target="_blank" rel="noopener">
            {t("ui.console.wall")}
          </a>
        </div>
        <Complaint failure={failure} />
        <PhonesNetwork />
        <AddSeat />
      </div>
    </Sheet>
  );
}

/** Who else hosts the room. */
function HostsSheet() {
  const room = useRoom();
  const selection = useSelection();
  return (
    <Sheet title={t("ui.console.hosts")} onClose={() => selection.close()}>
      <Chairs of="host" addressOf={(token) => link(`c/${room.code.value}/${token}`)} />
    </Sheet>
  );
}

function EndSheet() {
  const room = useRoom();
  const selection = useSelection();
  const [failure, setFailure] = useState<Failure>();
  const send = async (name: string, args: Args = {}): Promise<boolean> => {
    const answer = await room.send(name, args);
    setFailure(answer.error);
    return answer.ok;
  };
  const last = lastByHost(room);
  const after = async (): Promise<void> => {
    if (await send("host.last_season", { last: !last })) selection.close();
  };
  return (
    <Confirm
      title={t("ui.host.end.title")}
      text={t("ui.host.end.text")}
      act={t("ui.host.end")}
      danger
      onClose={() => selection.close()}
      onAct={() => send("host.end")}
    >
      {room.command("host.last_season") ? (
        <div class="stack tight">
          <Button look="ink" onClick={after}>
            {t(last ? "ui.host.last_season.back" : "ui.host.last_season")}
          </Button>
          <p class="meta">{t(last ? "ui.host.last_season.back.text" : "ui.host.last_season.text")}</p>
        </div>
      ) : null}
      <Complaint failure={failure} />
    </Confirm>
  );
}

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ["/", "find"],
  ["↑ ↓", "rows"],
  ["Enter", "open"],
  ["H", "next"],
  ["Shift P", "pause"],
  ["Shift E", "extend"],
  ["Shift A", "close"],
  ["→ PgDn", "reveal"],
  ["← PgUp", "conceal"],
  ["B", "curtain"],
  ["M", "bookmark"],
  ["L", "log"],
  ["V", "ahead"],
  ["Q", "code"],
  ["Esc", "away"],
  ["?", "keys"],
];

function KeysSheet() {
  const selection = useSelection();
  return (
    <Sheet title={t("ui.host.keys")} onClose={() => selection.close()}>
      <dl class="keys-list">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`ui.host.keys.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

/** How the wall looks and in which language it speaks: for every wall of the room. */
function WallSettings() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const shown = shownOf(room.view);
  const form = room.command("host.show");
  const show = async (part: Args): Promise<void> =>
    setFailure((await room.send("host.show", { scene: shown.scene, ...part })).error);
  const of = (field: string): string[] => optionsOf(form, field, room.view.hand).map(String);
  if (!form) return null;
  return (
    <>
      <Options
        label={t("ui.host.wall.theme")}
        options={of("theme").map((value) => ({ value, label: t(`ui.theme.${value}`) }))}
        value={shown.theme ?? ""}
        onChange={(theme) => void show({ theme })}
      />
      <Options
        label={t("ui.host.wall.language")}
        options={of("language").map((value) => {
          const { name: label, tag: lang } = traits(value);
          return { value, label, lang };
        })}
        value={shown.language ?? ""}
        onChange={(language) => void show({ language })}
      />
      <Complaint failure={failure} />
    </>
  );
}

function MenuSheet() {
  const room = useRoom();
  const selection = useSelection();
  return (
    <Sheet title={t("ui.menu")} onClose={() => selection.close()}>
      <div class="stack">
        <fieldset class="field">
          <legend>{t("ui.host.print")}</legend>
          <div class="row">
            {PRINTED.map((what) => (
              <a
                key={what}
                class="button"
                href={link(`print/${room.code.value}/${what}`)}
                target="_blank"
                rel="noopener"
              >
                {t(`ui.host.print.${what}`)}
              </a>
            ))}
          </div>
        </fieldset>
        {brokerOf(room) ? <Button onClick={() => selection.open("things")}>{t("ui.host.things")}</Button> : null}
        {room.command("host.questions") ? (
          <Button onClick={() => selection.open("answers")}>{t("ui.host.more.answers")}</Button>
        ) : null}
        <Button onClick={() => selection.open("keys")}>{t("ui.host.keys")}</Button>
        <LookSettings />
        <WallSettings />
        <ForgetLater host />
      </div>
    </Sheet>
  );
}
