// A word to the host: a wish with one tap, or a question in own words, with what the host has answered. It is fetched
// when the menu is opened.
import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import type { AskedHost } from "../../store/entities";
import { useKept } from "../../store/kept/use_kept";
import { optionsOf } from "../../store/legal";
import type { Answer } from "../../store/room";
import { need, t } from "../../texts";
import { Button } from "../controls/button";
import "./ask_host.css";

const LONGEST = 200; // as the server has it

export function AskHost() {
  const room = useRoom();
  const [spoken, setSpoken] = useState(false);
  const [said, setSaid] = useState<string>();
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  const what = optionsOf(room.command("ask"), "what", room.view.hand);
  if (what.length === 0 || !spoken) return null;
  const tell = (answer: Answer, text: string): void => setSaid(answer.ok ? text : (answer.error?.message ?? ""));
  const wish = async (what: string): Promise<void> =>
    tell(await room.send("ask", { what }), t(what === "time" ? "ui.asked.time" : "ui.asked"));
  return (
    <fieldset class="field">
      <legend>{t("ui.ask_host")}</legend>
      <div class="options">
        {what.map((each) => (
          <Button key={each} onClick={() => wish(String(each))}>
            {t(`choice.${each}`)}
          </Button>
        ))}
      </div>
      <InWords tell={tell} />
      <p class="meta" role="status">
        {said}
      </p>
    </fieldset>
  );
}

function InWords({ tell }: { tell: (answer: Answer, text: string) => void }) {
  const room = useRoom();
  const [text, setText] = useKept("ask_host", "");
  const asked = room.view.pieces("asked_host") as unknown as { readonly [member: string]: AskedHost };
  const send = async (): Promise<void> => {
    const answer = await room.send("ask_host", { text: text.trim() });
    tell(answer, t("ui.asked"));
    if (answer.ok) setText("");
  };
  return (
    <>
      {Object.entries(asked).map(([member, own]) => (
        <Asked key={member} {...own} />
      ))}
      <div class="field asks-in-words">
        <label>
          {t("ui.ask_host.words")}
          <textarea rows={2} maxLength={LONGEST} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      </div>
      <Button disabled={!text.trim()} onClick={send}>
        {t("ui.ask_host.send")}
      </Button>
    </>
  );
}

function Asked({ text, answered, answer }: AskedHost) {
  return (
    <div class="stack tight" role="status">
      <p class="own-words">{text}</p>
      <p class={answer ? "" : "meta"}>
        {answer ? t("ui.ask_host.answer", { answer }) : t(answered ? "ui.ask_host.in_person" : "ui.ask_host.waits")}
      </p>
    </div>
  );
}
