// Who hosts the room or the class: what each may do, one more, a code for one's own chair, and who is let go.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { Options } from "../parts/controls/options";
import { Confirm } from "../parts/controls/sheet";
import { TextField } from "../parts/controls/text_field";
import { Qr } from "../parts/pictures/qr";
import type { Args, Failure } from "../protocol/frames";
import { link } from "../route";
import { type Chair, chairsOf, RANKS, type Rank } from "../store/chairs";
import { useRoom } from "../store/context";
import type { Answer } from "../store/room";
import { t } from "../texts";
import { AddressToCopy } from "./copy";

interface ChairsProps {
  /** What the commands begin with. */
  of: "host" | "class";
  /** Return the address of a chair by its token. */
  addressOf: (token: string) => string;
}

export function Chairs({ of, addressOf }: ChairsProps) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const send = async (name: string, args: Args = {}): Promise<Answer> => {
    const answer = await room.send(`${of}.${name}`, args);
    setFailure(answer.error);
    return answer;
  };
  const chairs = chairsOf(room.view);
  const own = chairs.find(({ number }) => number === room.you.value?.member);
  const leads = own === undefined || own.rank === "lead"; // a server from before says nothing of it
  return (
    <div class="stack">
      {chairs.length > 1 || !leads ? (
        <ul class="chairs">
          {chairs.map((chair) => (
            <Row key={chair.number} chair={chair} isOwn={chair === own} leads={leads} send={send} />
          ))}
        </ul>
      ) : null}
      {leads ? <OneMore addressOf={addressOf} send={send} /> : null}
      {own && leads && !own.isOfClass ? <OwnName key={own.number} chair={own} send={send} /> : null}
      {own?.isOfClass ? null : <OwnCode send={send} />}
      <Complaint failure={failure} />
    </div>
  );
}

type Send = (name: string, args?: Args) => Promise<Answer>;

interface RowProps {
  chair: Chair;
  isOwn: boolean;
  leads: boolean;
  send: Send;
}

function Row({ chair, isOwn, leads, send }: RowProps) {
  const { number, name, rank, isHere, isFounder, isOfClass } = chair;
  const called = name || t("ui.console.hosts.number", { n: number });
  const changes = leads && !isFounder && !isOfClass && !isOwn;
  return (
    <li class="row spread">
      <span>
        <b>
          <bdi>{called}</bdi>
        </b>{" "}
        <span class="meta">
          {[
            ...(isOwn ? [t("ui.console.hosts.you")] : []),
            t(`ui.console.hosts.rank.${rank}`),
            ...(isHere ? [] : [t("ui.console.hosts.away")]),
          ].join(" · ")}
        </span>
      </span>
      {changes ? <Powers chair={chair} called={called} send={send} /> : null}
    </li>
  );
}

function Powers({ chair: { number, rank }, called, send }: { chair: Chair; called: string; send: Send }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <span class="row">
      <select
        aria-label={t("ui.console.hosts.may", { name: called })}
        value={rank}
        onChange={(event) => void send("appoint", { host: number, rank: event.currentTarget.value })}
      >
        {RANKS.map((each) => (
          <option key={each} value={each}>
            {t(`ui.console.hosts.rank.${each}`)}
          </option>
        ))}
      </select>
      <Button look="danger" label={t("ui.console.hosts.let_go.whom", { name: called })} onClick={() => setAsked(true)}>
        {t("ui.console.hosts.let_go")}
      </Button>
      {isAsked ? (
        <Confirm
          title={t("ui.console.hosts.let_go.title", { name: called })}
          text={t("ui.console.hosts.let_go.text")}
          act={t("ui.console.hosts.let_go")}
          danger
          onClose={() => setAsked(false)}
          onAct={() => void send("let_go", { host: number })}
        />
      ) : null}
    </span>
  );
}

function OneMore({ addressOf, send }: { addressOf: (token: string) => string; send: Send }) {
  const [name, setName] = useState("");
  const [rank, setRank] = useState<Rank>("assistant");
  const [token, setToken] = useState("");
  const invite = async (): Promise<void> => {
    const { data } = await send("invite", { rank, ...(name.trim() ? { name: name.trim() } : {}) });
    setToken(String(data?.["host_token"] ?? ""));
  };
  if (token)
    return (
      <section class="stack tight code-sheet">
        <p>{t("ui.console.hosts.link.text")}</p>
        <Qr text={addressOf(token)} />
        <AddressToCopy address={addressOf(token)} label={t("ui.console.hosts.link")} />
        <Button look="quiet" onClick={() => setToken("")}>
          {t("ui.console.hosts.more")}
        </Button>
      </section>
    );
  return (
    <section class="stack tight">
      <h3>{t("ui.console.hosts.more")}</h3>
      <TextField label={t("ui.console.hosts.name")} value={name} onChange={setName} />
      <Options
        label={t("ui.console.hosts.does")}
        options={RANKS.map((value) => ({ value, label: t(`ui.console.hosts.rank.${value}`) }))}
        value={rank}
        onChange={setRank}
      />
      <p class="meta">{t(`ui.console.hosts.rank.${rank}.text`)}</p>
      <Button look="ink" onClick={invite}>
        {t("ui.console.hosts.make")}
      </Button>
    </section>
  );
}

/** What a lead is called; the names of others are given with their chairs. */
function OwnName({ chair, send }: { chair: Chair; send: Send }) {
  const [name, setName] = useState(chair.name);
  const keep = async (): Promise<void> => void (await send("appoint", { host: chair.number, name: name.trim() }));
  return (
    <section class="stack tight">
      <TextField label={t("ui.console.hosts.own_name")} value={name} onChange={setName} />
      <Button disabled={name.trim() === chair.name} onClick={keep}>
        {t("ui.console.hosts.own_name.keep")}
      </Button>
    </section>
  );
}

/** A short code that opens one's own chair on another device, to be written down: nobody keeps it. */
function OwnCode({ send }: { send: Send }) {
  const room = useRoom();
  const [code, setCode] = useState("");
  const give = async (): Promise<void> => setCode(String((await send("rejoin_code")).data?.["code"] ?? ""));
  return (
    <section class="stack tight">
      <h3>{t("ui.console.hosts.code")}</h3>
      <p class="meta">{t("ui.console.hosts.code.text")}</p>
      {code ? (
        <div class="stack tight code-sheet" role="status">
          <Qr text={link(`r/${room.code.value}/${code}`)} />
          <p class="mono">{link(`r/${room.code.value}/${code}`)}</p>
        </div>
      ) : (
        <Button onClick={give}>{t("ui.console.hosts.code.give")}</Button>
      )}
    </section>
  );
}
