// What people ask the host in their own words, each with a line to answer it: to that phone alone, never on the wall.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Token } from "../../parts/pictures/tokens";
import type { Failure } from "../../protocol/frames";
import { maySend } from "../../store/chairs";
import { useRoom } from "../../store/context";
import type { AskedHost, Lost } from "../../store/entities";
import { wholeName } from "../../store/names";
import type { View } from "../../store/view";
import { t, tn } from "../../texts";
import { FirstFew } from "./first_few";

const LONGEST = 400; // as the server has it

/** Return the questions that wait for a host, by seat and person. */
export function questionsOf(view: View): readonly AskedHost[] {
  return Object.values((view.hand["asked_host"] ?? {}) as unknown as { readonly [who: string]: AskedHost });
}

/** Return how many say in this phase that they are lost. */
export function lostIn(view: View): number {
  return (view.hand["lost"] as Lost | undefined)?.seats ?? 0;
}

export function LostAndAsking() {
  const { view } = useRoom();
  const lost = lostIn(view);
  const asked = questionsOf(view);
  return (
    <>
      {lost > 0 ? (
        <p class="lost" role="status">
          <b>{tn("ui.host.lost", lost)}</b> <span class="meta">{t("ui.host.lost.what")}</span>
        </p>
      ) : null}
      <FirstFew lines={asked.map((one) => <Asked key={`${one.seat}:${one.member}:${one.number}`} {...one} />)} />
    </>
  );
}

function Asked({ text: question, ...who }: AskedHost) {
  const room = useRoom();
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const name = wholeName(room.view, who.seat);
  const answer = async (): Promise<void> => {
    const words = text.trim();
    setFailure((await room.send("host.answer", { ...who, ...(words ? { text: words } : {}) })).error);
  };
  return (
    <li class="asked-in-words">
      <Token seat={who.seat} />
      <form
        class="what stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          void answer();
        }}
      >
        <span>
          <b>{t("ui.host.asked", { name })}</b> <q>{question}</q>
        </span>
        {room.command("host.answer") && maySend(room, "host.answer") ? (
          <Line label={t("ui.host.asked.answer", { name })} text={text} onInput={setText} />
        ) : null}
        <Complaint failure={failure} />
      </form>
    </li>
  );
}

function Line({ label, text, onInput }: { label: string; text: string; onInput: (text: string) => void }) {
  return (
    <span class="row">
      <input
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={LONGEST}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Button kind="submit" onClick={() => undefined}>
        {t(text.trim() ? "ui.host.send" : "ui.host.asked.in_person")}
      </Button>
    </span>
  );
}
