// One die, 48 px, pips on a grid of three.
const PIPS: { readonly [face: number]: readonly (readonly [number, number])[] } = {
  1: [[24, 24]],
  2: [
    [12, 12],
    [36, 36],
  ],
  3: [
    [12, 12],
    [24, 24],
    [36, 36],
  ],
  4: [
    [12, 12],
    [36, 12],
    [12, 36],
    [36, 36],
  ],
  5: [
    [12, 12],
    [36, 12],
    [24, 24],
    [12, 36],
    [36, 36],
  ],
  6: [
    [12, 12],
    [36, 12],
    [12, 24],
    [36, 24],
    [12, 36],
    [36, 36],
  ],
};

const MIDDLE = 24;

/** A die; 0: it has not been thrown yet. */
export function Die({ face }: { face: number }) {
  return (
    <svg class="die" viewBox="0 0 48 48" data-face={face} role="img" aria-label={face > 0 ? String(face) : "?"}>
      {face > 0 ? null : (
        <text x={MIDDLE} y={MIDDLE} text-anchor="middle" dominant-baseline="central">
          ?
        </text>
      )}
      {(PIPS[face] ?? []).map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="4.5" />
      ))}
    </svg>
  );
}
