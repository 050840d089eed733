// Roles dealt anew before the start: whose role each seat gets, seat by seat.

/** Return the seats' numbers with two of them exchanged. */
export function swapped(seats: number, one: number, other: number): readonly number[] {
  const order = Array.from({ length: seats }, (_, at) => at + 1);
  order[one - 1] = other;
  order[other - 1] = one;
  return order;
}

/** Return the seats' numbers in an order drawn by chance, each as likely as any other; `draw` gives 0 to below `n`. */
export function shuffled(seats: number, draw: (n: number) => number = drawn): readonly number[] {
  const order = Array.from({ length: seats }, (_, at) => at + 1);
  for (let last = seats - 1; last > 0; last -= 1) {
    const at = draw(last + 1);
    [order[last], order[at]] = [order[at] as number, order[last] as number];
  }
  return order;
}

function drawn(n: number): number {
  return Math.floor(Math.random() * n);
}
