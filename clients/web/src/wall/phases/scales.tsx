// A pair of scales: the heavier side sinks. What lies on its pans is drawn upright from the middle of each.
import type { ComponentChildren } from "preact";

interface BalanceProps {
  /** From -1, where the left side sinks, to 1, where the right one does. */
  share: number;
  left?: ComponentChildren;
  right?: ComponentChildren;
  /** Whether it stands there in small, without anything on it. */
  bare?: boolean;
}

const MOST_TURN = 11; // degrees
const ARM = 330;
const AXLE = { x: 520, y: 96 };
const CORD = 236;
const PAN = 150;

const BOWL =
  `M${-PAN - 10} ${CORD}H${PAN + 10}Q${PAN - 20} ${CORD + 52} 0 ${CORD + 52}` +
  `Q${20 - PAN} ${CORD + 52} ${-PAN - 10} ${CORD}Z`;

export function Balance({ share, left, right, bare = false }: BalanceProps) {
  const turn = MOST_TURN * Math.max(-1, Math.min(1, share));
  return (
    <svg class={bare ? "things scales bare" : "things scales"} viewBox="0 40 1040 480" aria-hidden="true">
      <path class="paper" d={`M500 ${AXLE.y}H540L548 470H640V506H400V470H492Z`} />
      <g style={{ transform: `translate(${AXLE.x}px, ${AXLE.y}px) rotate(${turn}deg)` }} class="beam">
        <rect class="wood" x={-ARM - 14} y="-13" width={2 * ARM + 28} height="26" rx="13" />
      </g>
      <circle class="paper" cx={AXLE.x} cy={AXLE.y} r="24" />
      <Pan side={-1} turn={turn}>
        {left}
      </Pan>
      <Pan side={1} turn={turn}>
        {right}
      </Pan>
    </svg>
  );
}

function Pan({ side, turn, children }: { side: -1 | 1; turn: number; children: ComponentChildren }) {
  const angle = (turn * Math.PI) / 180;
  const [x, y] = [AXLE.x + side * ARM * Math.cos(angle), AXLE.y + side * ARM * Math.sin(angle)];
  return (
    <g class="pan" style={{ transform: `translate(${x}px, ${y}px)` }}>
      <path class="outline" d={`M0 0L${-PAN} ${CORD}M0 0L${PAN} ${CORD}`} />
      <g transform={`translate(0 ${CORD})`}>{children}</g>
      <path class="bowl" d={BOWL} />
    </g>
  );
}
