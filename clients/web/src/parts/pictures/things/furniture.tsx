// What people sit at: a maker's desk, a crate in the garage, an investor's table. Each carries a name on its front, and
// its person sits behind it. A thing is drawn from the upper left corner of its edge.
import type { ComponentChildren } from "preact";

interface FrontProps {
  width: number;
  height: number;
  children?: ComponentChildren;
}

export function Desk({ width, height, children }: FrontProps) {
  return (
    <g class="desk">
      <rect class="front" x="3" y="6" width={width - 6} height={height - 6} />
      <rect class="edge" width={width} height="11" rx="4" />
      {children}
    </g>
  );
}

const NAIL = 2.6;
const ROUND = 18; // a table's corners at most, so that a name has room beside them

export function Crate({ width, height, children }: FrontProps) {
  return (
    <g class="crate">
      <rect class="front" x="3" width={width - 6} height={height} />
      <circle class="nail" cx="13" cy="9" r={NAIL} />
      <circle class="nail" cx={width - 13} cy="9" r={NAIL} />
      {children}
    </g>
  );
}

export function Table({ width, height, children }: FrontProps) {
  return (
    <g class="table">
      <rect class="front" x="2" y="3" width={width - 4} height={height - 3} rx={Math.min(ROUND, (height - 3) / 2)} />
      <rect class="edge" x="14" width={width - 28} height="8" rx="4" />
      {children}
    </g>
  );
}
