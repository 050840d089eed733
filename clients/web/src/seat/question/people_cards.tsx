// People as cards: who it is, what is known of each, and a button that opens a sheet about that person.
import type { ComponentChildren } from "preact";
import { Button } from "../../parts/controls/button";
import { Card } from "../../parts/pictures/card";
import { Person } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import { t } from "../../texts";
import { about } from "../../texts/numbers";

interface Props {
  seats: readonly number[];
  /** What the button says, and the key of what it says to who hears it alone, where that is another sentence. */
  button: string;
  spoken?: string;
  facts: (seat: number) => ComponentChildren;
  /** What is offered to somebody by one tap, where there is something. */
  atOnce?: (seat: number) => ComponentChildren;
  onChoose: (seat: number) => void;
}

export function PeopleCards({ seats, button, spoken, facts, atOnce, onChoose }: Props) {
  const { view } = useRoom();
  return (
    <div class="cards">
      {seats.map((seat) => (
        <Card key={seat} teeth={1}>
          <div class="head">
            <span class="grow">
              <Person seat={seat} />
            </span>
            <Button
              look={atOnce?.(seat) ? "plain" : "ink"}
              label={spoken ? t(spoken, { name: seatName(view, seat) }) : about(button, seatName(view, seat))}
              onClick={() => onChoose(seat)}
            >
              {button}
            </Button>
          </div>
          {facts(seat)}
          {atOnce?.(seat)}
        </Card>
      ))}
    </div>
  );
}
