// Things that stand for what cannot be seen: an offer on its way is a sealed envelope, a deal two pieces that fit,
// credits a pile of coins, demand a queue of customers. Each is drawn on a grid of its own, with one ink line.

/** A sealed envelope on a peg, 64 wide; it hangs from the cord at its upper middle. */
export function Envelope() {
  return (
    <g class="envelope">
      <rect class="paper" x="-32" y="8" width="64" height="42" />
      <path class="outline" d="M-32 8L0 33L32 8" />
      <circle class="seal" cy="31" r="6.5" />
      <rect class="peg" x="-6" y="-9" width="12" height="26" rx="2" />
    </g>
  );
}

/** A folded card with a pitch, 64 wide, standing on its lower edge. */
export function FoldedCard() {
  return (
    <g class="envelope">
      <path class="paper" d="M-32 0L-24 -44H24L32 0Z" />
      <path class="outline" d="M-12 -26H12M-16 -14H16" />
    </g>
  );
}

/** A ball of cord, 56 wide, standing on its lower edge. */
export function CordBall() {
  return (
    <g class="envelope">
      <circle class="paper" cy="-28" r="28" />
      <path class="outline" d="M-25 -40Q0 -16 25 -40M-28 -25Q0 -1 28 -25M-15 -51Q-2 -28 -18 -5" />
    </g>
  );
}

/** A hammer that lies, 80 wide. */
export function Hammer() {
  return (
    <g class="envelope">
      <rect class="paper" x="-24" y="-24" width="68" height="12" rx="4" />
      <rect class="peg" x="-36" y="-36" width="22" height="36" rx="4" />
    </g>
  );
}

/** Two pieces whose joints fit: the maker's and the investor's, 112 wide, 52 high. */
export function DealPieces() {
  return (
    <g class="deal-pieces">
      <path class="half maker" d="M0 0H50V17H66V35H50V52H0Z" />
      <path class="half investor" d="M112 0H52V15H68V37H52V52H112Z" />
      <path class="glyph" d="M25 13L36 19.5V32.5L25 39L14 32.5V19.5ZM25 21A5 5 0 1 0 25 31 5 5 0 1 0 25 21Z" />
      <path class="glyph" d="M90 13A13 13 0 1 0 90 39 13 13 0 1 0 90 13ZM88 19H92V33H88Z" />
    </g>
  );
}

const COIN = { width: 56, rise: 11 };

/** A pile of coins, standing on its lower edge at its middle. */
export function Coins({ count }: { count: number }) {
  return (
    <g class="coins">
      {Array.from({ length: count }, (_, index) => (
        <g key={index} transform={`translate(0 ${-index * COIN.rise})`}>
          <path class="rim" d="M-28 -11V0A28 11 0 0 0 28 0V-11Z" />
          <ellipse class="face-up" cy="-11" rx={COIN.width / 2} ry="11" />
        </g>
      ))}
    </g>
  );
}

const HATS = [
  "M-20 -62Q0 -92 20 -62Z",
  "M-26 -60H26V-66H16V-84H-16V-66H-26Z",
  "M0 -74A7 7 0 1 1 0.1 -74Z",
  "M-24 -56Q-24 -80 0 -80Q24 -80 24 -56L12 -62H-12Z",
] as const;

/** A customer, 80 wide, standing on its shoulders' lower edge; of four hats, by its place in the queue. */
export function Customer({ index = 0 }: { index?: number }) {
  return (
    <g class={`customer tone-${index % 3}`}>
      <path class="shoulders" d="M-40 0Q-40 -38 0 -38Q40 -38 40 0Z" />
      <circle class="head" cy="-52" r="23" />
      <circle class="eye" cx="-8" cy="-52" r="2.8" />
      <circle class="eye" cx="8" cy="-52" r="2.8" />
      <path class="hat" d={HATS[index % HATS.length]} />
    </g>
  );
}

const STRIPES = 10;

/** A stall's awning: stripes in the sector's colour and white, scalloped, hung from a rail. */
export function Awning({ width, height }: { width: number; height: number }) {
  const stripe = width / STRIPES;
  const [low, round] = [height - stripe / 2, stripe / 2];
  return (
    <g class="awning">
      {Array.from({ length: STRIPES }, (_, index) => (
        <path
          key={index}
          class={index % 2 ? "white" : "of-sector"}
          d={`M${index * stripe} 0h${stripe}V${low}a${round} ${round} 0 0 1 ${-stripe} 0Z`}
        />
      ))}
      <rect class="rail" x="-6" y="-10" width={width + 12} height="12" rx="4" />
    </g>
  );
}

/** An hour of work: a clock, 40 wide, around the middle. */
export function HourClock() {
  return (
    <g class="hour-clock">
      <circle class="paper" r="18" />
      <path class="outline" d="M0 -11V0L8 5" />
    </g>
  );
}

/** Two people with a cord between them, 96 wide, around the middle. */
export function CordPicture() {
  return (
    <g class="cord-picture">
      <path class="outline" d="M-34 0Q0 36 34 0" />
      <circle class="paper" cx="-34" r="14" />
      <circle class="paper" cx="34" r="14" />
    </g>
  );
}
