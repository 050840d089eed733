// Who has chosen in a phase: a thing on the desk or the table, the same for everybody, whatever the choice is. What was
// chosen is nobody else's to know.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Room } from "../../store/room";
import { CALM, usePaced } from "../street/paced";
import type { Street } from "../street/places";
import type { Spot } from "../street/seats";
import { steady } from "../street/steady";
import type { Figure, Town } from "../street/town";

interface ChosenProps {
  street: Street;
  town: Town;
  /** What lies there, about 64 wide, on its lower edge; the same object each time, or all of them are drawn anew. */
  thing: ComponentChildren;
  /** Whose choice is shown; the same list each time. */
  roles: readonly Figure["role"][];
}

export function Chosen({ street, town, thing, roles }: ChosenProps) {
  const ready = usePaced(readyIn, CALM);
  // each is made once: what lies there already is the very same, and is not looked at again
  const things = useMemo(() => thingsFor(street, town, thing, roles), [street, town, thing, roles]);
  return <>{ready.map((seat) => things.get(seat))}</>;
}

/** Return what lies before each of those people, once they have chosen. */
function thingsFor(
  street: Street,
  town: Town,
  thing: ComponentChildren,
  roles: ChosenProps["roles"],
): ReadonlyMap<number, ComponentChildren> {
  const people = town.places.flatMap(({ makers, investors }) => [...makers, ...investors]);
  return new Map(
    people.flatMap(({ seat, role }) => {
      const spot = roles.includes(role) && street.people.get(seat);
      return spot ? [[seat, <Laid key={seat} spot={spot} thing={thing} />]] : [];
    }),
  );
}

const OF_FACE = 0.0062; // the size of a thing, for a face of one unit

const Laid = steady(function Lying({ spot: { front, face }, thing }: { spot: Spot; thing: ComponentChildren }) {
  return (
    <g transform={`translate(${front.x + front.width * 0.2} ${front.y + 3}) scale(${face * OF_FACE})`}>
      <g class="laid">{thing}</g>
    </g>
  );
});

/** Return the seats whose people have chosen in the present phase. */
export function readyIn({ view }: Room): number[] {
  return view
    .all("seat")
    .filter((seat) => seat.ready)
    .map(({ id }) => id);
}
