// The way in: a code and a name, or back to a room that this browser has a seat in.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { TextField } from "../parts/controls/text_field";
import { Outdated } from "../parts/page/ended";
import { ForgetLater } from "../parts/page/forget_later";
import { Later } from "../parts/page/later";
import { NoticePage } from "../parts/page/notice_page";
import { Unreachable } from "../parts/page/unreachable";
import { TopLine } from "../parts/page/wordmark";
import { language, me } from "../prefs";
import { go, inCapitals, normalCode } from "../route";
import { keepMine, mine } from "../store/kept/classes";
import { held, rooms } from "../store/kept/held_seats";
import { t } from "../texts";
import type { AsksFirstProps } from "./asks_first";
import { DOORS, Door } from "./door";
import { type Asked, type Knocking, useKnock } from "./knock";
import { fitting } from "./name";

const OTHER_AGE = new Set(["bad_frame", "outdated"]);
const CODE_LENGTH = 7;
const WIDE = 900; // as join.css has it
const WRONG_PASS = "unauthorised"; // or, where no pass was sent, a name that opens nothing here

interface JoinPageProps {
  code?: string;
  /** What opens a seat that somebody has; it stands in no address once it has been read. */
  pass?: string | undefined;
  /** Whoever comes by an address that there is no page for is told so. */
  isLost?: boolean;
  /** By what a class knows this device: nothing is asked. */
  isOwn?: boolean | undefined;
}

export function JoinPage({ code = "", pass: given, isLost = false, isOwn }: JoinPageProps) {
  const fields = useFields(code, given, isOwn);
  const { typed, room, canKnock } = fields;
  const knocking = useKnock(isOwn);
  const { waiting, refused } = knocking;
  const knock = (): void => knocking.knock(fields.asked());
  const knockAgain = (): unknown => waiting ?? knocking.answer({}); // with what the door has been told
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!waiting && canKnock) knock();
  };
  useOwnWay(isOwn, code, given, knocking.knock);
  if (waiting?.waits.value)
    return <NoticePage about="joining_closed" symbol="admission" values={{ message: waiting.waits.value }} />;
  if (waiting && waiting.failures.value > 0) return <Unreachable room={waiting} />;
  if (refused && OTHER_AGE.has(refused.code)) return <Outdated />;
  if (refused?.asks) return <Asks asks={refused.asks} onAnswer={knocking.answer} />;
  if (refused && refused.code in DOORS) {
    const at = refused.code === "no_such_room" ? typed.trim() : room;
    return (
      <ShutDoor refused={refused} code={at} onKnock={knockAgain} onOther={knocking.forget}>
        <Pass pass={fields.pass} onChange={fields.setPass} onUse={knock} />
      </ShutDoor>
    );
  }
  const wrongPass = fields.key && refused?.code === WRONG_PASS ? refused.message : "";
  const back = wayBack(room);
  return (
    <WayIn code={room} isStart={!code && !isLost} isLost={isLost}>
      <h1 tabIndex={-1}>{t("ui.join")}</h1>
      <Known main={back} />
      <form class="stack" onSubmit={submit}>
        <Who fields={fields} complaint={wrongPass ? "" : refused && (refused.message || t("ui.ended"))} start={code} />
        <Pass pass={fields.pass} onChange={fields.setPass} complaint={wrongPass} />
        <Take isMain={!back} isBusy={waiting !== undefined} isDisabled={!canKnock} />
      </form>
      {back ? <ForgetLater /> : null}
    </WayIn>
  );
}

/** Return the code of the room that this browser has a seat in: the one that is meant, or the latest. */
function wayBack(room: string): string | undefined {
  return rooms("seat").find((known) => !room || known.code === room)?.code;
}

/** What a class asks first is seldom asked, so that its screen comes when it is. */
function Asks(props: AsksFirstProps) {
  return <Later load={() => import("./asks_first").then((chunk) => () => <chunk.AsksFirst {...props} />)} />;
}

/** Knock once without a question, by the personal code in the address or by what this device came with before. */
function useOwnWay(isOwn: boolean | undefined, code: string, pass: string | undefined, knock: Knocking["knock"]): void {
  useEffect(() => {
    if (!isOwn) return;
    if (pass) keepMine(code, { name: "", pass });
    go(`j/${code}/me`, true);
    const known = mine(code);
    if (known) knock({ room: code, language: language.value, ...known });
  }, []);
}

/** A what-if room goes on with the people of another one: whoever has a seat there comes in without a question. */
function useSeatOfBefore(room: string): void {
  useEffect(() => {
    if (room.length !== CODE_LENGTH || wayBack(room) || !wayBack("")) return undefined;
    const leaving = new AbortController();
    import("./rejoin").then(
      (chunk) => chunk.comeAsBefore(room, leaving.signal),
      () => undefined, // a name opens the door, too
    );
    return () => leaving.abort();
  }, [room]);
}

interface WayInProps {
  code: string;
  isStart: boolean;
  isLost: boolean;
  children: ComponentChildren;
}

/** What stands around the way in; the page that one comes to without a code has another door. */
function WayIn({ code, isStart, isLost, children }: WayInProps) {
  return (
    <main class={isStart ? "page stack join start" : "page stack join"}>
      <TopLine />
      {isLost ? <Lost /> : null}
      {isStart ? <WhatThisIs /> : null}
      {children}
      {isStart ? <TeachersDoor /> : null}
      <Elsewhere code={code} isStart={isStart} />
    </main>
  );
}

/** On the page that one comes to without a code: what this is, for whoever has only heard of it. */
function WhatThisIs() {
  return (
    <div class="what-this-is">
      <p>{t("ui.start.what")}</p>
      {innerWidth < WIDE ? null : (
        <Later load={() => import("../parts/slides/opening_pictures").then((chunk) => chunk.StartPicture)} />
      )}
    </div>
  );
}

/** The other door of the start page. */
function TeachersDoor() {
  return (
    <section class="card stack tight teachers-door">
      <h2>{t("ui.start.teach")}</h2>
      <p>{t("ui.start.teach.text")}</p>
      <Button look="ink" onClick={() => go("c/new")}>
        {t("ui.start.teach.open")}
      </Button>
      <Button onClick={() => go("rehearse")}>{t("ui.start.rehearse")}</Button>
    </section>
  );
}

/** What is filled in, and how it is asked for; the name is kept for the next time. */
function useFields(code: string, given: string | undefined, isOwn: boolean | undefined) {
  const [typed, setTyped] = useState(code);
  const [pass, setPass] = usePass(given, code, isOwn);
  const [name, setName] = useState(held("seat", code)?.name ?? me.value.name ?? "");
  const plain = normalCode(typed);
  const [, ofClass = code, own = ""] = PERSONAL.exec(plain) ?? [];
  const room = own ? ofClass : plain;
  const key = pass.trim() || own;
  const who = { name: name.trim() };
  const settle = (): void => {
    if (!own) return;
    setTyped(room);
    setPass(own);
  };
  const asked = (): Asked => {
    if (who.name) me.value = who;
    return { room, ...who, language: language.value, ...(key ? { pass: key } : {}) };
  };
  useSeatOfBefore(isOwn || given ? "" : room);
  const canKnock = room !== "" && (who.name || key) !== ""; // a pass knows whose it is
  return { typed, setTyped, settle, pass, setPass, name, setName, room, key, canKnock, asked };
}

/** A personal code that was typed where a room's goes, after the class's code or alone. */
const PERSONAL = /^(.{7})?(.{12})$/;

interface ShutDoorProps {
  refused: NonNullable<Knocking["refused"]>;
  code: string;
  onKnock: () => unknown;
  onOther: () => void;
  children: ComponentChildren;
}

function ShutDoor({ refused, ...rest }: ShutDoorProps) {
  const { code: why, message, again } = refused;
  return <Door key={message} why={why} message={message} again={again} {...rest} />;
}

/** The pass that came with the address, which then forgets it, or one that is typed. */
function usePass(given: string | undefined, code: string, isOwn = false): [string, (pass: string) => void] {
  const [pass, setPass] = useState(given ?? "");
  useEffect(() => {
    if (!given || isOwn) return;
    setPass(given);
    go(`j/${code}`, true);
  }, [given]);
  return [pass, setPass];
}

interface PassProps {
  pass: string;
  onChange: (pass: string) => void;
  complaint?: string;
  /** Where there is no form around it: what takes the pass. */
  onUse?: () => void;
}

/** A field for a pass, folded away where there is none. */
function Pass({ pass, onChange, complaint = "", onUse }: PassProps) {
  return (
    <details class="fold" open={pass !== "" || complaint !== ""}>
      <summary>{t("ui.join.has_pass")}</summary>
      <div class="stack tight">
        <TextField
          label={t("ui.join.pass")}
          value={pass}
          complaint={complaint}
          onChange={(text) => onChange(inCapitals(text))}
          code
        />
        {onUse ? (
          <Button disabled={!pass.trim()} onClick={onUse}>
            {t("ui.apart.use_pass")}
          </Button>
        ) : null}
      </div>
    </details>
  );
}

function Lost() {
  return (
    <p class="banner warn" role="status">
      {t("ui.join.lost")}
    </p>
  );
}

function Take({ isMain, isBusy, isDisabled }: { isMain: boolean; isBusy: boolean; isDisabled: boolean }) {
  return (
    <button type="submit" class={isMain ? "button main" : "button"} aria-busy={isBusy} aria-disabled={isDisabled}>
      {isBusy ? <span class="dots" /> : null}
      {t("ui.join.take")}
    </button>
  );
}

interface WhoProps {
  fields: ReturnType<typeof useFields>;
  complaint: string | undefined;
  start: string;
}

function Who({ fields, complaint = "", start }: WhoProps) {
  const nameBox = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (start || complaint) nameBox.current?.focus();
  }, [complaint]);
  return (
    <>
      <TextField
        label={t("ui.join.code")}
        value={fields.typed}
        onChange={(text) => fields.setTyped(inCapitals(text))}
        onLeave={fields.settle}
        complaint={fields.pass && !fields.room ? t("ui.join.which_class") : ""}
        code
      />
      <TextField
        label={t("ui.join.name")}
        value={fields.name}
        fit={fitting}
        onChange={fields.setName}
        box={nameBox}
        complaint={complaint}
      />
      <p class="meta">{t("ui.join.note")}</p>
    </>
  );
}

/** The rooms to go back to; the one that is meant is the main button, and a new seat is not. */
function Known({ main }: { main: string | undefined }) {
  const known = rooms("seat").slice(0, 3);
  const hosted = rooms("host")
    .filter(({ held: { of } }) => !of) // the tables of a class are found in its console
    .slice(0, 3);
  if (known.length + hosted.length === 0) return null;
  return (
    <ul class="stack tight">
      {known.map(({ code, held: { name } }) => (
        <li key={code}>
          <Button look={code === main ? "main" : "plain"} onClick={() => go(`p/${code}/now`)}>
            {t("ui.join.back", { code, name: name ?? "" })}
          </Button>
        </li>
      ))}
      {hosted.map(({ code, held: { name } }) => (
        <li key={code}>
          <Button onClick={() => go(`c/${code}`)}>{t("ui.join.host_back", { code: name || code })}</Button>
        </li>
      ))}
    </ul>
  );
}

function Elsewhere({ code, isStart }: { code: string; isStart: boolean }) {
  return (
    <nav class="row elsewhere" aria-label={t("ui.join.elsewhere")}>
      {code ? (
        <Button look="quiet" onClick={() => go(`s/${code}`)}>
          {t("ui.watch")}
        </Button>
      ) : null}
      {isStart ? null : (
        <Button look="quiet" onClick={() => go("c/new")}>
          {t("ui.i_host")}
        </Button>
      )}
      <Button look="quiet" onClick={() => go(code ? `rules/${code}` : "rules")}>
        {t("ui.tab.rules")}
      </Button>
      <Button look="quiet" onClick={() => go(isStart ? "networks" : "check")}>
        {t("ui.join.check")}
      </Button>
    </nav>
  );
}
