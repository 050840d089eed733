// The street: a house for each space and the garage, with everybody in it, and between them the ties or deals of the
// season. It is a picture beside a list: screen readers read the list.
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { Cords } from "./cords";
import { usePaced } from "./paced";
import { type Street as Laid, STREET, streetOf } from "./places";
import { Seated } from "./seated";
import { shared } from "./shared";
import { SpokenList } from "./spoken_list";
import { Tags } from "./tags";
import { type Bond, GARAGE, type Place, type Town, townOf } from "./town";
import { Walls } from "./walls";

interface StreetProps {
  /** How high it is, in its own units. */
  height?: number;
  /** Which bonds are drawn. */
  bonds?: Bond["sort"] | undefined;
  /** What stands before everybody, behind the names at the ties: a layer each. */
  before?: ((street: Laid, town: Town) => readonly ComponentChildren[]) | undefined;
}

/** Pictures over one another, so that what hangs, lies or is tied in the street changes without all the rest. */
export function Street({ bonds: sort, height = STREET.height, before }: StreetProps) {
  const town = usePaced(townOf);
  const street = useLaid(town, height);
  const fixed = useFixed(town, street, sort);
  const tags = useMemo(() => (sort === "tie" ? <Tags street={street} town={town} /> : null), [town, street, sort]);
  const spoken = useMemo(() => <SpokenList town={town} bonds={town.bonds} />, [town]);
  const layers = [...fixed, ...(before?.(street, town) ?? []), tags];
  return (
    <div class="street">
      {layers.map((layer, at) => (layer ? <Layer key={at} height={height} content={layer} /> : null))}
      {spoken}
    </div>
  );
}

/** Where everything stands: whoever has not moved has the same place as before. */
function useLaid(town: Town, height: number): Laid {
  const before = useRef<Laid>(undefined);
  const street = useMemo(
    () => shared(before.current, streetOf(town, height)),
    [town.places, town.people, height], // ties and deals move nobody
  );
  before.current = street;
  return street;
}

function Layer({ height, content }: { height: number; content: ComponentChildren }) {
  return (
    <svg viewBox={`0 0 ${STREET.width} ${height}`} preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {content}
    </svg>
  );
}

/** The houses, what ties people together, and the people: each is made anew where something of its own is new. */
function useFixed({ places, bonds }: Town, street: Laid, sort: Bond["sort"] | undefined): readonly ComponentChildren[] {
  const { houses, counted } = street;
  return [
    useMemo(
      () => houses.map((house) => <Walls key={house.place.space} house={house} counted={counted} />),
      [houses, counted],
    ),
    useMemo(() => <Cords street={street} bonds={bonds.filter((bond) => bond.sort === sort)} />, [street, bonds, sort]),
    useMemo(() => <People places={places} street={street} />, [places, street]),
  ];
}

/** In the order of the seats, wherever they are: whoever goes into another house is the same drawing, and is moved. */
function People({ places, street }: { places: readonly Place[]; street: Laid }) {
  const all = places.flatMap(({ space, makers, investors }) =>
    [...makers, ...investors].map((figure) => ({ figure, inGarage: space === GARAGE })),
  );
  return (
    <>
      {all
        .sort((one, other) => one.figure.seat - other.figure.seat)
        .map(({ figure, inGarage }) => {
          const spot = street.people.get(figure.seat);
          return spot ? <Seated key={figure.seat} figure={figure} spot={spot} inGarage={inGarage} /> : null;
        })}
    </>
  );
}
