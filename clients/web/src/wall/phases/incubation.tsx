// The incubation: the season's deals, and along each that promises hours a clock that goes from the investor's table to
// the desk where they are to be worked. How many hours each promises everybody knows; whether they come is told later.
import { useEffect, useState } from "preact/hooks";
import { HourClock } from "../../parts/pictures/things/things";
import type { Deal } from "../../store/entities";
import type { Room } from "../../store/room";
import { usePaced } from "../street/paced";
import type { Street } from "../street/places";
import type { Spot } from "../street/seats";
import { steady } from "../street/steady";

const OF_FACE = 0.3; // a clock, of the face that it comes to
const APART_MS = 140;
const LONGEST_MS = 3000; // until the last one sets out
/** Of more clocks none goes: each would be a motion of its own for the machine. Some of them appear each time. */
const MOST_GO = 16;
const AT_ONCE = 6;
const EVERY_MS = 500;

export function Clocks({ street }: { street: Street }) {
  const deals = usePaced(withHours);
  const many = deals.length > MOST_GO;
  const there = useSomeAtATime(deals.length);
  return (
    <g class={many ? "clocks many" : "clocks"}>
      {deals.slice(0, many ? there : deals.length).map((deal, index) => {
        const [to, from] = [street.people.get(deal.maker), street.people.get(deal.investor)];
        if (!to || !from) return null;
        const nth = deals.slice(0, index).filter(({ maker }) => maker === deal.maker).length;
        return <Clock key={deal.id} from={from} to={to} nth={nth} after={Math.min(LONGEST_MS, index * APART_MS)} />;
      })}
    </g>
  );
}

/** Return how many of `all` may be there by now: some more each time, for many new ones in one frame make it stick. */
function useSomeAtATime(all: number): number {
  const [there, setThere] = useState(AT_ONCE);
  useEffect(() => {
    if (there >= all) return;
    const timer = setTimeout(() => setThere(there + AT_ONCE), EVERY_MS);
    return () => clearTimeout(timer);
  }, [there, all]);
  return there;
}

function withHours({ view, game }: Room): Deal[] {
  return view.all("deal").filter((deal) => deal.season === game.value.season && deal.hours > 0);
}

interface ClockProps {
  from: Spot;
  to: Spot;
  /** Which of the clocks at a desk it is: they stand one above the other. */
  nth: number;
  after: number;
}

const Clock = steady(function Sent({ from, to, nth, after }: ClockProps) {
  const size = Math.max(18, to.face * OF_FACE);
  const [x, y] = [to.front.x + size * 0.4, to.front.y - size * (0.42 + 0.8 * nth)];
  const [dx, dy] = [from.x + from.face / 2 - x, from.y + from.face / 2 - y];
  const way = { "--dx": `${dx}px`, "--dy": `${dy}px`, animationDelay: `${after}ms` };
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 40})`}>
      <g class="hours-come" style={way}>
        <HourClock />
      </g>
    </g>
  );
});
