// The way in: a code, a name and a pen, or back to a room that this browser has a seat in.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/controls/button";
import { TextField } from "../parts/controls/text_field";
import { Outdated } from "../parts/page/ended";
import { Unreachable } from "../parts/page/unreachable";
import { TopLine } from "../parts/page/wordmark";
import { language, me } from "../prefs";
import { go, inCapitals, normalCode } from "../route";
import { held, rooms } from "../store/kept/held_seats";
import { t } from "../texts";
import { DOORS, Door } from "./door";
import { type Knocking, useKnock } from "./knock";
import { fitting } from "./name";
import { PenField } from "./pen_field";

const OTHER_AGE = new Set(["bad_frame", "outdated"]);

/** `isLost`: whoever comes by an address that there is no page for is told so. */
export function JoinPage({ code = "", isLost = false }: { code?: string; isLost?: boolean }) {
  const [typed, setTyped] = useState(code);
  const [name, setName] = useState(held("seat", code)?.name ?? me.value.name ?? "");
  const [pen, setPen] = useState(me.value.pen);
  const knocking = useKnock();
  const { waiting, refused } = knocking;
  const room = normalCode(typed);
  const knock = (): void => {
    const who = { name: name.trim(), ...(pen ? { pen } : {}) };
    me.value = who;
    knocking.knock({ room, ...who, language: language.value });
  };
  if (refused && OTHER_AGE.has(refused.code)) return <Outdated />;
  if (refused && DOORS.has(refused.code)) {
    const code = refused.code === "no_such_room" ? typed.trim() : room;
    return <ShutDoor refused={refused} code={code} onKnock={knock} onOther={knocking.forget} />;
  }
  if (waiting && waiting.failures.value > 0) return <Unreachable room={waiting} />;
  const back = rooms("seat").find((known) => !room || known.code === room)?.code;
  return (
    <main class="page stack join">
      <TopLine />
      {isLost ? <Lost /> : null}
      <h1 tabIndex={-1}>{t("ui.join")}</h1>
      <Known main={back} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!waiting && room && name.trim()) knock();
        }}
      >
        <Who typed={typed} onCode={setTyped} name={name} onName={setName} knocking={knocking} start={code} />
        <PenField pen={pen} onChange={setPen} />
        <Take isMain={!back} isBusy={waiting !== undefined} isDisabled={!room || !name.trim()} />
      </form>
      <Elsewhere code={room} />
    </main>
  );
}

interface ShutDoorProps {
  refused: NonNullable<Knocking["refused"]>;
  code: string;
  onKnock: () => void;
  onOther: () => void;
}

function ShutDoor({ refused, ...rest }: ShutDoorProps) {
  const { code: why, message, again = false } = refused;
  return <Door key={message} why={why} message={message} again={again} {...rest} />;
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
  typed: string;
  onCode: (typed: string) => void;
  name: string;
  onName: (name: string) => void;
  knocking: Knocking;
  start: string;
}

function Who({ typed, onCode, name, onName, knocking, start }: WhoProps) {
  const nameBox = useRef<HTMLInputElement>(null);
  const complaint = knocking.refused?.message || (knocking.refused ? t("ui.ended") : "");
  useEffect(() => {
    if (start || complaint) nameBox.current?.focus();
  }, [complaint]);
  return (
    <>
      <TextField label={t("ui.join.code")} value={typed} onChange={(text) => onCode(inCapitals(text))} code />
      <TextField
        label={t("ui.join.name")}
        value={name}
        fit={fitting}
        onChange={onName}
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
  const hosted = rooms("host").slice(0, 3);
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
      {hosted.map(({ code }) => (
        <li key={code}>
          <Button onClick={() => go(`c/${code}`)}>{t("ui.join.host_back", { code })}</Button>
        </li>
      ))}
    </ul>
  );
}

function Elsewhere({ code }: { code: string }) {
  return (
    <nav class="row elsewhere" aria-label={t("ui.join.elsewhere")}>
      {code ? (
        <Button look="quiet" onClick={() => go(`s/${code}`)}>
          {t("ui.watch")}
        </Button>
      ) : null}
      <Button look="quiet" onClick={() => go("c/new")}>
        {t("ui.i_host")}
      </Button>
      <Button look="quiet" onClick={() => go("rules")}>
        {t("ui.tab.rules")}
      </Button>
      <Button look="quiet" onClick={() => go("check")}>
        {t("ui.join.check")}
      </Button>
    </nav>
  );
}
