// A word from the host to everyone.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/button";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { t } from "../texts";

export function Message() {
  const room = useRoom();
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const send = async (): Promise<void> => {
    const answer = await room.send("host.announce", { text: text.trim() });
    setFailure(answer.error);
    if (answer.ok) setText("");
  };
  return (
    <section class="stack tight field">
      <label>
        {t("ui.host.message")}
        <input value={text} maxLength={200} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <Complaint failure={failure} />
      <Button disabled={!text.trim()} onClick={send}>
        {t("ui.host.send")}
      </Button>
    </section>
  );
}
