// People before bots: whoever sits in the room may be walked to, and waits for an answer.
import type { View } from "./view";

export function isPerson(view: View, seat: number): boolean {
  return view.find("seat", seat)?.by !== "bot";
}

/** Return a list with what concerns people before what concerns bots, each in the order in which it came. */
export function peopleFirst<T>(view: View, list: readonly T[], seatOf: (each: T) => number): T[] {
  const is = (each: T): boolean => isPerson(view, seatOf(each));
  return [...list.filter(is), ...list.filter((each) => !is(each))];
}
