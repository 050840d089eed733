// Who sits where in the next game with the same people: in the same seats, or dealt anew, so that as many as can be see
// the game from another side. Faces and names go along with their people.
import { faceOf } from "../parts/pictures/faces/face";
import type { Seat } from "../store/entities";

export type Dealing = "anew" | "same";

type Comer = Pick<Seat, "id" | "role" | "name" | "face">;

/** Return for each seat of the next game, in order, the seat of this one whose people come there. */
export function dealt(seats: readonly Comer[], how: Dealing, random: () => number = Math.random): Comer[] {
  const deal = [...seats];
  if (how === "same") return deal;
  const places = seats.map((_, place) => place);
  const taken = places.filter((place) => seats[place]?.name);
  for (let last = taken.length - 1; last > 0; last -= 1) {
    swap(deal, taken[last] ?? 0, taken[Math.floor(random() * (last + 1))] ?? 0);
  }
  improve(seats, deal, taken); // first among the people, so that each role keeps as many of them
  improve(seats, deal, places);
  return deal;
}

/** Swap two at a time as long as more people have another role by it: where nothing helps, there is no better deal. */
function improve(seats: readonly Comer[], deal: Comer[], places: readonly number[]): void {
  const isNew = (who: Comer | undefined, place: number): number =>
    who?.name && who.role !== seats[place]?.role ? 1 : 0;
  for (const one of places) {
    if (!deal[one]?.name || isNew(deal[one], one)) continue;
    const other = places.find(
      (each) => isNew(deal[one], each) + isNew(deal[each], one) > isNew(deal[one], one) + isNew(deal[each], each),
    );
    if (other !== undefined) swap(deal, one, other);
  }
}

function swap(deal: Comer[], one: number, other: number): void {
  [deal[one], deal[other]] = [deal[other] as Comer, deal[one] as Comer];
}

/** Return what a room is opened with so that these people find their seats and faces there. */
export function keptFor(deal: readonly Comer[]): { names: string[]; faces: number[] } {
  return { names: deal.map(({ name }) => name ?? ""), faces: deal.map((seat) => faceOf(seat)) };
}
