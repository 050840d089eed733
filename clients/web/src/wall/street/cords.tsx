// Who is tied to whom: a cord from face to face for a tie, and for a deal a thread whose two halves meet in a joint.
import { middleOf, type Spot, type Street } from "./places";
import type { Bond } from "./town";

interface CordsProps {
  street: Street;
  bonds: readonly Bond[];
}

export function Cords({ street, bonds }: CordsProps) {
  return (
    <g class="cords">
      {bonds.map(({ sort, one, other, fresh }, index) => {
        const [from, to] = [street.people.get(one), street.people.get(other)];
        if (!from || !to) return null;
        const key = `${sort} ${one}:${other}`;
        return sort === "tie" ? (
          <path key={key} class={fresh ? "tie fresh" : "tie"} d={bow(from, to)} />
        ) : (
          <Deal key={key} from={from} to={to} index={index} />
        );
      })}
    </g>
  );
}

/** A cord that sags a little, however far it goes. */
function bow(from: Spot, to: Spot): string {
  const [one, other] = [middleOf(from), middleOf(to)];
  const sag = 24 + Math.hypot(other.x - one.x, other.y - one.y) * 0.12;
  return `M${one.x} ${one.y}Q${(one.x + other.x) / 2} ${(one.y + other.y) / 2 + sag} ${other.x} ${other.y}`;
}

const JOINT = 20;
const SCALES = [0.45, 0.35, 0.55, 0.4, 0.5]; // of the way from the table: joints of neighbours lie beside each other
const OF_FACE = 0.009; // the size of a joint, for a face of one unit

/** A thread from the table to the desk, whose two halves meet nearer to the table, each at another place. */
function Deal({ from, to, index }: { from: Spot; to: Spot; index: number }) {
  const [maker, investor] = [middleOf(from), middleOf(to)];
  const share = 1 - (SCALES[index % SCALES.length] ?? 0.5);
  const [dx, dy] = [investor.x - maker.x, investor.y - maker.y];
  const scale = from.face * OF_FACE;
  const turn = (Math.atan2(dy, dx) * 180) / Math.PI;
  const long = Math.hypot(dx, dy) / scale;
  const [x, y] = [maker.x + dx * share, maker.y + dy * share];
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn}) scale(${scale})`}>
      <g class="deal-half maker">
        <path class="thread" d={`M${-long * share} 0H${-JOINT}`} />
        <path class="joint" d={`M${-JOINT} -13H0V-5H10V5H0V13H${-JOINT}Z`} />
      </g>
      <g class="deal-half investor">
        <path class="thread" d={`M${long * (1 - share)} 0H${JOINT}`} />
        <path class="joint" d={`M${JOINT} -13H2V-7H12V7H2V13H${JOINT}Z`} />
      </g>
    </g>
  );
}
