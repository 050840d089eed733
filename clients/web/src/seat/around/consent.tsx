// The page of welcome and consent, before the first choice, and the same question among what is mine. It is fetched
// where the room asks it. Whoever says no, or nothing, plays on like anybody else.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import type { Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Consent } from "../../store/entities";
import type { Room } from "../../store/room";
import { need, t } from "../../texts";

type Answer = Consent["answer"];

const ANSWERS: readonly Answer[] = ["yes", "no", "later"];

function answerOf(room: Room): Answer | undefined {
  const given = room.view.pieces("consent") as unknown as { readonly [member: string]: Consent };
  return given[`${room.you.value?.member}`]?.answer;
}

function useSpoken(): boolean {
  const [spoken, setSpoken] = useState(false);
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  return spoken;
}

function Choices({ answers, now }: { answers: readonly Answer[]; now?: Answer | undefined }) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const give = async (answer: Answer): Promise<void> => setFailure((await room.send("consent", { answer })).error);
  return (
    <>
      <div class="row">
        {answers.map((answer) => (
          <Button key={answer} on={answer === now} onClick={() => give(answer)}>
            {t(`ui.consent.${answer}`)}
          </Button>
        ))}
      </div>
      <Complaint failure={failure} />
    </>
  );
}

/** Before the first choice, until something is said. */
export function ConsentPage() {
  const room = useRoom();
  const spoken = useSpoken();
  if (!spoken || answerOf(room) !== undefined) return null;
  const { consent_text: text } = room.view.pieces("room") as { consent_text?: string };
  return (
    <section class="stack" aria-labelledby="consent-heading">
      <h1 id="consent-heading" tabIndex={-1}>
        {t("ui.consent")}
      </h1>
      <p class="own-words">{text || t("ui.consent.text")}</p>
      <Choices answers={ANSWERS} />
      <p class="meta">{t("ui.consent.change")}</p>
    </section>
  );
}

/** Among what is mine: what was said, and the way to say something else. */
export function OwnConsent() {
  const room = useRoom();
  const spoken = useSpoken();
  if (!spoken) return null;
  return (
    <section class="stack tight" aria-labelledby="own-consent">
      <h2 id="own-consent">{t("ui.consent.mine")}</h2>
      <Choices answers={["yes", "no"]} now={answerOf(room)} />
    </section>
  );
}
