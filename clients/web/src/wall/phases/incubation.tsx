// The incubation: the season's deals, and along each that promises hours a clock that goes from the investor's table to
// the desk where they are to be worked. How many hours each promises everybody knows; whether they come is told later.
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

export function Clocks({ street }: { street: Street }) {
  const deals = usePaced(withHours);
  return (
    <>
      {deals.map((deal, index) => {
        const [to, from] = [street.people.get(deal.maker), street.people.get(deal.investor)];
        if (!to || !from) return null;
        const nth = deals.slice(0, index).filter(({ maker }) => maker === deal.maker).length;
        return <Clock key={deal.id} from={from} to={to} nth={nth} after={Math.min(LONGEST_MS, index * APART_MS)} />;
      })}
    </>
  );
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
