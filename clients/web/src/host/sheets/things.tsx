// How it stands with the MQTT broker, and the things in the room: which are connected, letting one go, a code for a new
// one.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { Sheet } from "../../parts/controls/sheet";
import { type Device, PairingCode, useUsed } from "../../parts/pictures/pairing_code";
import { language, traits } from "../../prefs";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import { wholeName } from "../../store/names";
import type { Room } from "../../store/room";
import { isLost } from "../../store/time";
import { has, t } from "../../texts";
import { useSelection } from "../selection";

interface Broker {
  readonly url: string;
  readonly connected: boolean;
  readonly devices: boolean;
  readonly since?: number;
  readonly problem?: string;
}

export function brokerOf(room: Room): Broker | undefined {
  return room.view.hand["broker"] as unknown as Broker | undefined;
}

function devicesOf(room: Room): readonly (readonly [id: string, device: Device])[] {
  return Object.entries((room.view.hand["device"] ?? {}) as unknown as { [id: string]: Device });
}

function clockTime(ms: number): string {
  return new Intl.DateTimeFormat(traits(language.value).tag, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(ms);
}

function standing({ connected, since }: Broker): string {
  if (!since) return t("ui.host.things.waiting");
  return t(connected ? "ui.host.things.connected" : "ui.host.things.lost", { time: clockTime(since) });
}

/** In the strip, only while things in the room wait for a broker that is gone. */
export function BrokerTag() {
  const room = useRoom();
  const selection = useSelection();
  const broker = brokerOf(room);
  if (!broker?.since || broker.connected) return null;
  return (
    <Button look="quiet" onClick={() => selection.open("things")}>
      <span class="tag" role="status">
        {standing(broker)}
      </span>
    </Button>
  );
}

export function ThingsSheet() {
  const room = useRoom();
  const selection = useSelection();
  const broker = brokerOf(room);
  if (!broker) return null;
  return (
    <Sheet title={t("ui.host.things")} onClose={() => selection.close()}>
      <div class="stack">
        <Standing broker={broker} />
        {broker.devices ? (
          <>
            <Connected />
            <NewThing />
          </>
        ) : (
          <p>{t("ui.host.things.off")}</p>
        )}
      </div>
    </Sheet>
  );
}

function Standing({ broker }: { broker: Broker }) {
  const problem = `ui.host.things.problem.${broker.problem ?? ""}`;
  return (
    <section class="stack tight">
      <p role="status">
        <b>{standing(broker)}</b>
      </p>
      {!broker.connected && broker.since ? (
        <p>
          {has(problem) ? `${t(problem)} ` : ""}
          {t("ui.host.things.goes_on")}
        </p>
      ) : null}
      <p class="meta">
        {t("ui.host.things.broker")} <span class="mono">{broker.url}</span>
      </p>
    </section>
  );
}

function Connected() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const devices = devicesOf(room);
  const letGo = async (device: string): Promise<void> => setFailure((await room.send("host.unpair", { device })).error);
  return (
    <section class="stack tight">
      <h3>{t("ui.host.things.paired")}</h3>
      {devices.length === 0 ? <p class="meta">{t("ui.host.things.none")}</p> : null}
      <ul class="things">
        {devices.map(([id, { thing, seat }]) => (
          <li key={id}>
            <b>{t(`device_kind.${thing}`)}</b>
            <span>{seat ? <bdi>{wholeName(room.view, seat)}</bdi> : t("ui.host.things.of_host")}</span>
            <span class="meta mono">{id}</span>
            <Button
              label={t("ui.host.things.unpair.of", { device: id })}
              disabled={isLost(room)}
              onClick={() => letGo(id)}
            >
              {t("ui.host.things.unpair")}
            </Button>
          </li>
        ))}
      </ul>
      <Complaint failure={failure} />
    </section>
  );
}

const OF_HOST = "bell"; // the host's alone; chosen at first
const OF_ANYBODY = ["lamp", "scoreboard"]; // they only show; all others are a seat's
const HOST = 0;

/** Return whose a kind of thing can be: the host's, and seats'. */
function ownersOf(kind: string, seats: readonly number[]): readonly number[] {
  if (kind === OF_HOST) return [HOST];
  return OF_ANYBODY.includes(kind) ? [HOST, ...seats] : seats;
}

/** What is chosen, and the code that was given for it: it goes when the thing has come, or something else is chosen. */
function useNewThing() {
  const room = useRoom();
  const [kind, setKind] = useState(OF_HOST);
  const [chosen, setChosen] = useState(HOST);
  const [code, setCode] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const owners = ownersOf(
    kind,
    room.view.all("seat").map(({ id }) => id),
  );
  const owner = owners.length === 1 ? owners[0] : owners.find((each) => each === chosen);
  const give = async (): Promise<void> => {
    const answer = await room.send("host.pair", { thing: kind, ...(owner ? { seat: owner } : {}) });
    setFailure(answer.error);
    setCode(String(answer.data?.["code"] ?? ""));
  };
  useUsed(
    devicesOf(room).find(([, device]) => device.thing === kind && device.seat === owner),
    () => setCode(""),
  );
  const choose = (change: () => void): void => {
    change();
    setCode("");
    setFailure(undefined);
  };
  return {
    kind,
    owners,
    owner,
    code,
    failure,
    give,
    chooseKind: (wanted: string) => choose(() => setKind(wanted)),
    chooseOwner: (seat: number) => choose(() => setChosen(seat)),
  };
}

/** What the server lets a host connect: a kind, and one of those whose it can be. */
export function NewThing() {
  const room = useRoom();
  const form = room.command("host.pair");
  const { kind, owners, owner, code, failure, give, chooseKind, chooseOwner } = useNewThing();
  const kinds = optionsOf(form, "thing", room.view.hand).map(String);
  if (!form) return null;
  return (
    <section class="stack tight">
      <h3>{t("ui.host.things.new")}</h3>
      <Options
        label={t("ui.host.things.kind")}
        options={kinds.map((value) => ({ value, label: t(`device_kind.${value}`) }))}
        value={kind}
        onChange={chooseKind}
      />
      <Owner owner={owner} owners={owners} onChange={chooseOwner} />
      <Button disabled={isLost(room) || owner === undefined} onClick={give}>
        {t("ui.host.things.code")}
      </Button>
      <Complaint failure={failure} />
      <PairingCode code={code} />
    </section>
  );
}

interface OwnerProps {
  owner: number | undefined;
  owners: readonly number[];
  onChange: (owner: number) => void;
}

function Owner({ owner, owners, onChange }: OwnerProps) {
  const { view } = useRoom();
  return (
    <div class="field">
      <label>
        {t("ui.host.things.whose")}
        <select value={String(owner ?? "")} onChange={(event) => onChange(Number(event.currentTarget.value))}>
          {owner === undefined ? <option value="">{t("ui.choose")}</option> : null}
          {owners.map((each) => (
            <option key={each} value={each}>
              {each === HOST ? t("ui.host.things.of_host") : wholeName(view, each)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
