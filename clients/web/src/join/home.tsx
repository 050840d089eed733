// The way in: a code and a name, or back to a room that this browser has a seat in.
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Sym } from "../parts/sprite";
import { language } from "../prefs";
import { newId } from "../protocol/ids";
import { go, normalCode } from "../route";
import { held, rooms } from "../store/seats";
import { Room } from "../store/room";
import { LanguageSwitch } from "../seat/menu";
import { keep } from "../rooms";
import { has, t } from "../texts";

export function Wordmark() {
  return (
    <p class="wordmark">
      <Sym name="mark" size={28} /> makersphere{language.value === "zh" ? " 创客圈" : ""}
    </p>
  );
}

interface Refused {
  field: "code" | "name";
  message: string;
}

const ABOUT_THE_NAME = new Set(["name_taken", "bad_name"]);

export function JoinPage({ code = "" }: { code?: string }) {
  const [typed, setTyped] = useState(code);
  const [name, setName] = useState(held("seat", code)?.name ?? "");
  const [refused, setRefused] = useState<Refused>();
  const [busy, setBusy] = useState(false);
  const intention = useRef(newId());
  const nameBox = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (code) nameBox.current?.focus();
  }, []);
  const join = async (): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    const answer = await takeSeat(normalCode(typed), name.trim(), intention.current);
    setBusy(false);
    if (answer) setRefused(answer);
    if (answer) intention.current = newId();
  };
  const back = rooms("seat").find((known) => !typed || known.code === typed)?.code;
  return (
    <main class="page stack">
      <div class="row spread">
        <Wordmark />
      </div>
      <h1 tabIndex={-1}>{t("ui.join")}</h1>
      <Known main={back} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void join();
        }}
      >
        <TextField label={t("ui.join.code")} value={typed} onChange={(text) => setTyped(normalCode(text))} code complaint={refused?.field === "code" ? refused.message : ""} />
        <TextField label={t("ui.join.name")} value={name} onChange={setName} box={nameBox} complaint={refused?.field === "name" ? refused.message : ""} />
        <p class="meta">{t("ui.join.note")}</p>
        <button type="submit" class={back ? "button" : "button main"} aria-busy={busy} disabled={!typed || !name.trim()}>
          {busy ? <span class="dots" /> : null}
          {t("ui.join.take")}
        </button>
      </form>
      <div class="row">
        <Button look="quiet" disabled={!typed} onClick={() => go(`s/${normalCode(typed)}`)}>
          {t("ui.watch")}
        </Button>
        <Button look="quiet" onClick={() => go("c/new")}>
          {t("ui.i_host")}
        </Button>
      </div>
      <LanguageSwitch />
    </main>
  );
}

/** Join; on success the page of the seat opens, else what was refused is returned. */
function takeSeat(code: string, name: string, id: string): Promise<Refused | undefined> {
  return new Promise((settle) => {
    const room = new Room({ type: "join", room: code, name, language: language.value, id }).open();
    const stop = [
      room.you.subscribe((you) => {
        if (!you) return;
        finish(undefined);
        keep("seat", room);
        go(`p/${room.code.value}/now`);
      }),
      room.ending.subscribe((ending) => {
        if (!ending) return;
        finish({ field: ABOUT_THE_NAME.has(ending.code) ? "name" : "code", message: sentence(ending.code, ending.message) });
      }),
    ];
    function finish(answer: Refused | undefined): void {
      queueMicrotask(() => stop.forEach((each) => each()));
      settle(answer);
    }
  });
}

export function sentence(code: string, message: string): string {
  if (message) return message;
  return has(`ui.ended.${code}`) ? t(`ui.ended.${code}`) : t("ui.ended");
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
          <Button look={code === main ? "main" : "plain"} onClick={() => go(`p/${code}/now`)}>{t("ui.join.back", { code, name: name ?? "" })}</Button>
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

interface TextFieldProps {
  label: string;
  value: string;
  complaint?: string;
  code?: boolean;
  box?: { current: HTMLInputElement | null };
  onChange: (text: string) => void;
}

export function TextField({ label, value, complaint = "", code = false, box, onChange }: TextFieldProps) {
  return (
    <div class="field">
      <label>
        {label}
        <input
          {...(box ? { ref: box } : {})}
          class={code ? "mono" : ""}
          value={value}
          lang={code ? "en" : undefined}
          autoCapitalize={code ? "characters" : "words"}
          autoComplete={code ? "off" : "nickname"}
          spellcheck={false}
          aria-invalid={complaint !== ""}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      </label>
      {complaint ? (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      ) : null}
    </div>
  );
}
