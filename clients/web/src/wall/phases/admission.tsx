// The admission: whoever is ready has a folded card on the desk. Which door it is for is nobody else's to know.
import { FoldedCard } from "../../parts/pictures/things/things";
import { useRoom } from "../../store/context";
import type { Street as Laid } from "../street/places";
import { Street } from "../street/street";
import type { Town } from "../street/town";

const OF_FACE = 0.0062; // the size of a card, for a face of one unit

export function AdmissionPicture() {
  const { view } = useRoom();
  const isReady = (seat: number): boolean => view.find("seat", seat)?.ready ?? false;
  const cards = (street: Laid, town: Town) =>
    town.places
      .flatMap(({ makers }) => makers)
      .filter(({ seat }) => isReady(seat))
      .map(({ seat }) => {
        const spot = street.people.get(seat);
        if (!spot) return null;
        const { front, face } = spot;
        return (
          <g key={seat} transform={`translate(${front.x + front.width * 0.2} ${front.y + 3}) scale(${face * OF_FACE})`}>
            <g class="pitch">
              <FoldedCard />
            </g>
          </g>
        );
      });
  return <Street before={cards} />;
}
