// The admission: whoever is ready has a folded card on the desk. Which door it is for is nobody else's to know.
import { FoldedCard } from "../../parts/pictures/things/things";
import type { Room } from "../../store/room";
import { COUNTS_EVERY_MS, usePaced } from "../street/paced";
import type { Street } from "../street/places";
import type { Spot } from "../street/seats";
import type { Town } from "../street/town";

const OF_FACE = 0.0062; // the size of a card, for a face of one unit

export function Pitches({ street, town }: { street: Street; town: Town }) {
  const ready = usePaced(readyIn, COUNTS_EVERY_MS);
  return (
    <>
      {town.places
        .flatMap(({ makers }) => makers)
        .filter(({ seat }) => ready.includes(seat))
        .map(({ seat }) => {
          const spot = street.people.get(seat);
          return spot ? <Pitch key={seat} spot={spot} /> : null;
        })}
    </>
  );
}

function Pitch({ spot: { front, face } }: { spot: Spot }) {
  return (
    <g transform={`translate(${front.x + front.width * 0.2} ${front.y + 3}) scale(${face * OF_FACE})`}>
      <g class="pitch">
        <FoldedCard />
      </g>
    </g>
  );
}

function readyIn({ view }: Room): number[] {
  return view
    .all("seat")
    .filter((seat) => seat.ready)
    .map(({ id }) => id);
}
