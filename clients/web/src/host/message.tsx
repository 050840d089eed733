// A word from the host: to everybody, or to one seat alone.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { wholeName } from "../store/names";
import { t } from "../texts";

const SAID_MS = 6000;

/** What is written to a seat, or with 0 to everybody, until it is sent; `sent` says for a while that it was. */
function useWords(receiver: number) {
  const room = useRoom();
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const [sent, setSent] = useState("");
  const whom = receiver ? { name: wholeName(room.view, receiver) } : undefined;
  useEffect(() => {
    const timer = sent ? setTimeout(() => setSent(""), SAID_MS) : undefined;
    return () => clearTimeout(timer);
  }, [sent]);
  const send = async (): Promise<void> => {
    const words = text.trim();
    if (!words) return;
    const answer = await (receiver
      ? room.send("host.message", { seat: receiver, text: words })
      : room.send("host.announce", { text: words }));
    setFailure(answer.error);
    if (!answer.ok) return;
    setText("");
    setSent(whom ? t("ui.host.message.sent", whom) : t("ui.host.message.sent.all"));
  };
  const write = (words: string): void => {
    setText(words);
    setSent("");
  };
  return { text, write, send, sent, failure, label: whom ? t("ui.host.message.to", whom) : t("ui.host.message") };
}

/** Without a seat it goes to everybody, or to whom the list beside it names. */
export function Message({ seat }: { seat?: number }) {
  const room = useRoom();
  const [to, setTo] = useState(0);
  const { text, write, send, sent, failure, label } = useWords(seat ?? to);
  const longest = room.command("host.announce")?.properties?.["text"] as { maxLength?: number } | undefined;
  return (
    <form
      class="message"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {seat === undefined ? <Receiver to={to} onChange={setTo} /> : null}
      <input
        aria-label={label}
        placeholder={seat === undefined ? t("ui.host.message.words") : label}
        value={text}
        maxLength={longest?.maxLength}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <Button kind="submit" disabled={!text.trim()} onClick={() => undefined}>
        {t("ui.host.send")}
      </Button>
      <p class="meta" role="status">
        {sent}
      </p>
      <Complaint failure={failure} />
    </form>
  );
}

function Receiver({ to, onChange }: { to: number; onChange: (seat: number) => void }) {
  const { view } = useRoom();
  const people = view.all("seat").filter((seat) => seat.name);
  return (
    <select
      aria-label={t("ui.host.message.receiver")}
      value={to}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    >
      <option value={0}>{t("ui.host.everyone")}</option>
      {people.map((seat) => (
        <option key={seat.id} value={seat.id}>
          {seat.name}
        </option>
      ))}
    </select>
  );
}
