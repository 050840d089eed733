// Whom a maker may ask for something, those first who have most to give, people before bots; each with a button that
// opens the question.
import type { ComponentChildren } from "preact";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { peopleFirst } from "../../../store/people_first";
import { t } from "../../../texts";
import { useSheet } from "../../around/sheet_address";
import { PeopleCards } from "../../question/people_cards";

interface Props {
  /** The command that asks, and its field that names whom. */
  command: string;
  field: string;
  /** How much a seat has to give; the most comes first. */
  worth: (seat: number) => number;
  facts: (seat: number) => ComponentChildren;
  /** Whether it is sensible to ask somebody; where it is left out it is. */
  isSensible?: (seat: number) => boolean;
  /** What one tap asks of somebody, and whether that is the first whom it is sensible to ask. */
  atOnce?: (seat: number, isFirst: boolean) => ComponentChildren;
  question: (seat: number, close: () => void) => ComponentChildren;
}

export function PeopleToAsk({ command, field, worth, facts, isSensible, atOnce, question }: Props) {
  const room = useRoom();
  const [asking, setAsking] = useSheet("ask");
  const options = optionsOf(room.command(command), field, room.view.hand).map(Number);
  const seats = peopleFirst(room.view, options, (seat) => seat).sort((one, other) => worth(other) - worth(one));
  const first = seats.find((seat) => isSensible?.(seat) ?? true);
  if (seats.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.ask_someone")}</h2>
      <PeopleCards
        seats={seats}
        button={t("ui.ask")}
        spoken="ui.ask.whom"
        facts={facts}
        atOnce={(seat) => atOnce?.(seat, seat === first)}
        onChoose={setAsking}
      />
      {asking === undefined || !seats.includes(asking) ? null : question(asking, () => setAsking(undefined))}
    </section>
  );
}
