// The lines of the living picture: ties as arcs beside the tokens, deals as two pieces whose joints meet.
import type { Line } from "./boards";
import { endOfName, type Placed } from "./places";

interface Point {
  x: number;
  y: number;
  /** Where the name ends. */
  end: number;
  board: number;
}

export function Lines({ boards, lines }: { boards: readonly Placed[]; lines: readonly Line[] }) {
  const points = pointsOf(boards);
  const drawn = lines.flatMap((line) => {
    const [one, other] = [points.get(line.one), points.get(line.other)];
    return one && other ? [{ line, one, other }] : [];
  });
  const deals = drawn.filter(({ line }) => line.sort === "deal");
  const joints = jointsOf(
    deals.map(({ one, other }) => ({ from: { x: one.end, y: one.y }, to: { x: other.end, y: other.y } })),
  );
  return (
    <g class="lines">
      {drawn.map(({ line, one, other }) =>
        line.sort === "tie" ? <Tie key={keyOf(line)} one={one} other={other} fresh={line.fresh} /> : null,
      )}
      {deals.map(({ line }, index) => {
        const joint = joints[index];
        return joint ? <Deal key={keyOf(line)} {...joint} /> : null;
      })}
    </g>
  );
}

function keyOf({ sort, one, other }: Line): string {
  return `${sort} ${one}:${other}`;
}

/** Where lines may end; among tokens that stand too close for a letter, no line could be followed. */
function pointsOf(boards: readonly Placed[]): ReadonlyMap<number, Point> {
  const points = new Map<number, Point>();
  for (const { x, y, people, board } of boards) {
    for (const figure of [...board.makers, ...board.investors]) {
      const spot = people.get(figure.seat);
      if (spot && spot.detail !== "bare")
        points.set(figure.seat, { x: x + spot.x, y: y + spot.y, end: x + endOfName(figure, spot), board: board.space });
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

interface Segment {
  from: Place;
  to: Place;
}

/** A deal's line, and the place on it where its two pieces meet. */
export interface Joint extends Segment, Place {}

/** Return lines with their joints, each of a few places where it is farthest from the other lines and joints. */
export function jointsOf(lines: readonly Segment[]): Joint[] {
  const joints: Joint[] = [];
  for (const line of lines) {
    const others = lines.filter((other) => other !== line);
    const room = (joint: Joint): number =>
      Math.min(...joints.map((other) => distance(joint, other)), ...others.map((other) => distanceTo(other, joint)));
    joints.push(placesOn(line, joints.length).reduce((best, next) => (room(next) > room(best) ? next : best)));
  }
  return joints;
}

function placesOn({ from, to }: Segment, start: number): Joint[] {
  return Array.from({ length: TRIES }, (_, index) => ({
    from,
    to,
    ...along({ from, to }, 0.25 + 0.5 * (((start + index + 1) * GOLDEN) % 1)),
  }));
}

function along({ from, to }: Segment, share: number): Place {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function distance(one: Place, other: Place): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

function distanceTo(line: Segment, place: Place): number {
  const { from, to } = line;
  const dot = (place.x - from.x) * (to.x - from.x) + (place.y - from.y) * (to.y - from.y);
  return distance(place, along(line, Math.min(1, Math.max(0, dot / (distance(from, to) ** 2 || 1)))));
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
