// The lines of the living picture: ties as arcs beside the tokens, deals as two pieces whose joints meet.
import type { Line } from "./boards";
import { endOfName } from "./names";
import type { Placed } from "./places";

interface Point {
  x: number;
  y: number;
  /** Where the name ends. */
  end: number;
  board: number;
}

export function Lines({ boards, lines }: { boards: readonly Placed[]; lines: readonly Line[] }) {
  const points = pointsOf(boards);
  const joints: Joint[] = [];
  return (
    <g class="lines">
      {lines.map((line) => {
        const [one, other] = [points.get(line.one), points.get(line.other)];
        if (!one || !other) return null;
        const key = `${line.sort} ${line.one}:${line.other}`;
        if (line.sort === "tie") return <Tie key={key} one={one} other={other} fresh={line.fresh} />;
        const joint = jointOf({ x: one.end, y: one.y }, { x: other.end, y: other.y }, joints);
        joints.push(joint);
        return <Deal key={key} {...joint} />;
      })}
    </g>
  );
}

/** Where lines may end; among tokens that stand too close for a letter, no line could be followed. */
function pointsOf(boards: readonly Placed[]): ReadonlyMap<number, Point> {
  const points = new Map<number, Point>();
  for (const { x, y, people, board } of boards) {
    for (const figure of [...board.makers, ...board.investors]) {
      const spot = people.get(figure.seat);
      if (spot && spot.look !== "bare") points.set(figure.seat, { x: x + spot.x, y: y + spot.y, end: x + endOfName(figure, spot), board: board.space });
    }
  }
  return points;
}

/** A tie: an arc to the left of the tokens on one board, a bow between two. */
function Tie({ one, other, fresh }: { one: Point; other: Point; fresh: boolean }) {
  const same = one.board === other.board;
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const bend = same ? Math.min(150, 40 + Math.hypot(dx, dy) * 0.3) : 0;
  const [x, y] = [(one.x + other.x) / 2 - bend, (one.y + other.y) / 2 - (same ? 0 : 40)];
  return <path class={fresh ? "tie fresh" : "tie"} d={`M${one.x} ${one.y}Q${x} ${y} ${other.x} ${other.y}`} />;
}

const JOINT = 20;
const GOLDEN = 0.618;
const TRIES = 8;

type Place = Pick<Point, "x" | "y">;

/** A deal's line, and the place on it where its two pieces meet. */
export interface Joint extends Place {
  from: Place;
  to: Place;
}

/** Return a line with its joint where it covers no other's, as far as a few tries find such a place. */
export function jointOf(from: Place, to: Place, others: readonly Joint[]): Joint {
  const tries = Array.from({ length: TRIES }, (_, index) => {
    const meet = 0.25 + 0.5 * (((others.length + index + 1) * GOLDEN) % 1);
    return { from, to, x: from.x + (to.x - from.x) * meet, y: from.y + (to.y - from.y) * meet };
  });
  const isFree = (joint: Joint): boolean => others.every((other) => distance(joint, other) > 3 * JOINT);
  return tries.find(isFree) ?? tries[0]!;
}

function distance(one: Place, other: Place): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

/** A deal: plug and socket, one from each side, the maker's first. */
function Deal({ from, to, x, y }: Joint) {
  const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn})`}>
      <g class="deal-half maker">
        <path class="deal-line" d={`M${-distance(from, { x, y })} 0H${-JOINT}`} />
        <path d={`M${-JOINT} -13H0V-5H10V5H0V13H${-JOINT}Z`} />
      </g>
      <g class="deal-half investor">
        <path class="deal-line" d={`M${distance(to, { x, y })} 0H${JOINT}`} />
        <path d={`M${JOINT} -13H2V-7H12V7H2V13H${JOINT}Z`} />
      </g>
    </g>
  );
}
