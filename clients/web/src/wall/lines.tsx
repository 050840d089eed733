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
  return (
    <g class="lines">
      {lines.map((line, index) => {
        const [one, other] = [points.get(line.one), points.get(line.other)];
        if (!one || !other) return null;
        const key = `${line.sort} ${line.one}:${line.other}`;
        return line.sort === "tie" ? <Tie key={key} one={one} other={other} fresh={line.fresh} /> : <Deal key={key} maker={one} investor={other} index={index} />;
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

/** A deal: plug and socket, one from each side. Where they meet differs from line to line, so that no two joints lie on one another. */
function Deal({ maker, investor, index }: { maker: Point; investor: Point; index: number }) {
  const [from, to] = [{ x: maker.end, y: maker.y }, { x: investor.end, y: investor.y }];
  const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const meet = 0.25 + 0.5 * ((index * GOLDEN) % 1);
  const [left, right] = [length * meet, length * (1 - meet)];
  return (
    <g transform={`translate(${from.x + (to.x - from.x) * meet} ${from.y + (to.y - from.y) * meet}) rotate(${turn})`}>
      <g class="deal-half maker">
        <path class="deal-line" d={`M${-left} 0H${-JOINT}`} />
        <path d={`M${-JOINT} -13H0V-5H10V5H0V13H${-JOINT}Z`} />
      </g>
      <g class="deal-half investor">
        <path class="deal-line" d={`M${right} 0H${JOINT}`} />
        <path d={`M${JOINT} -13H2V-7H12V7H2V13H${JOINT}Z`} />
      </g>
    </g>
  );
}
