// A moment is marked in passing, to talk about it afterwards: one press, or one key; a word may stand there before it.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { useKeys } from "../parts/controls/keys";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { isLost } from "../store/time";
import { t, tn } from "../texts";

/** Mark this moment, with the word that stands there. */
function useMark() {
  const room = useRoom();
  const [word, setWord] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const mark = async (): Promise<void> => {
    const said = word.trim();
    const { ok, error } = await room.send("host.bookmark", said ? { word: said } : {});
    setFailure(error);
    if (ok) setWord("");
  };
  return { word, setWord, failure, mark };
}

export function Bookmark() {
  const room = useRoom();
  const { word, setWord, failure, mark } = useMark();
  const form = room.command("host.bookmark");
  const isOff = !form || isLost(room);
  const count = Object.keys(room.view.hand["bookmark"] ?? {}).length;
  useKeys({ M: mark }, !isOff);
  if (!form) return null;
  const { maxLength } = (form.properties?.["word"] ?? {}) as { maxLength?: number };
  return (
    <section>
      <form
        class="bookmark"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isOff) void mark();
        }}
      >
        <Button kind="submit" disabled={isOff} onClick={() => undefined}>
          {t("ui.host.bookmark")}
        </Button>
        <input
          aria-label={t("ui.host.bookmark.word")}
          placeholder={t("ui.host.bookmark.word")}
          value={word}
          maxLength={maxLength}
          onInput={(event) => setWord(event.currentTarget.value)}
        />
        <p class="meta" role="status">
          {count > 0 ? tn("ui.host.bookmark.count", count) : ""}
        </p>
        <Complaint failure={failure} />
      </form>
    </section>
  );
}
