// The six pictures of the opening scene, of the things that the wall draws a game with: so that whoever has seen the
// scene knows them again in the street.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { ROLES } from "../../store/names";
import { t } from "../../texts";
import { Face, FaceShape } from "../pictures/faces/face";
import { Sym } from "../pictures/sprite";
import { displayWidth } from "../pictures/text_width";
import { Desk, Table } from "../pictures/things/furniture";
import { House, ROOF } from "../pictures/things/house";
import { Coins, Customer, DealPieces, Envelope, HourClock } from "../pictures/things/things";
import { PartShape } from "../pictures/tokens";
import "../../styles/typeface.css";
import "../../styles/wall_tokens.css";
import "../pictures/things/things.css";
import "./slides.css";

/** A picture; `box` is as much of the sheet as there is something on. */
function Picture({ box = "0 0 1320 520", children }: { box?: string; children: ComponentChildren }) {
  return (
    <svg class="things" viewBox={box} aria-hidden="true">
      {children}
    </svg>
  );
}

interface PutProps {
  x: number;
  y: number;
  /** When it comes, as the how-manieth. */
  nth?: number;
  scale?: number;
  children: ComponentChildren;
}

/** A thing at its place; it comes after those that are named before it. */
function Put({ x, y, nth = 0, scale = 1, children }: PutProps) {
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      <g class="comes" style={{ "--nth": nth }}>
        {children}
      </g>
    </g>
  );
}

function Person({
  face,
  x,
  y,
  nth = 0,
  size = 110,
}: {
  face: number;
  x: number;
  y: number;
  nth?: number;
  size?: number;
}) {
  return (
    <Put x={x} y={y} nth={nth}>
      <FaceShape face={face} size={size} />
    </Put>
  );
}

const SECTORS = ["health", "energy", "city"] as const;

function Idea({ sector, stage, born = false, closed = false }: IdeaProps) {
  return (
    <g style={{ color: `var(--${sector})` }}>
      <PartShape stage={stage} born={born} closed={closed} />
    </g>
  );
}

interface IdeaProps {
  sector: string;
  stage: number;
  born?: boolean;
  closed?: boolean;
}

/** An arrow from left to right, or along a path. Its head has a name of its own: on paper all pictures are one page. */
function Arrow({ d, nth }: { d: string; nth: number }) {
  const head = useId();
  return (
    <g class="comes" style={{ "--nth": nth }}>
      <marker id={head} viewBox="0 0 10 10" refX="7" refY="5" markerWidth="5" markerHeight="5" orient="auto">
        <path class="arrow-head" d="M0 0L10 5L0 10Z" />
      </marker>
      <path class="outline way" d={d} marker-end={`url(#${head})`} />
    </g>
  );
}

/** A house with its operator at the sign, desks and a table. */
function SpaceBetween() {
  return (
    <>
      <Put x={420} y={30} nth={4}>
        <House width={480} height={470} roof={0}>
          <rect class="sign-board" x="3" y={ROOF + 3} width="474" height="92" />
          <path class="outline" d={`M0 ${ROOF + 95}H480`} />
        </House>
      </Put>
      <Person face={23} x={605} y={130} nth={4} size={86} />
      {[0, 1].map((at) => (
        <Put key={at} x={452 + at * 218} y={330} nth={5}>
          <Desk width={190} height={62} />
        </Put>
      ))}
      <Put x={520} y={442} nth={5}>
        <Table width={280} height={54} />
      </Put>
    </>
  );
}

/** Makers with ideas on one side, investors with means on the other, and a house between them. */
export function Place() {
  return (
    <Picture>
      <SpaceBetween />
      {SECTORS.map((sector, at) => (
        <g key={sector}>
          <Person face={[3, 9, 14][at] ?? 3} x={30} y={20 + at * 160} nth={at} />
          <Put x={168} y={40 + at * 160} nth={at} scale={3.4}>
            <Idea sector={sector} stage={0} />
          </Put>
        </g>
      ))}
      {[0, 1, 2].map((at) => (
        <Person key={at} face={[6, 18, 27][at] ?? 6} x={1180} y={20 + at * 160} nth={at} />
      ))}
      <Put x={1108} y={106} nth={0}>
        <Coins count={5} />
      </Put>
      <Put x={1108} y={238} nth={1} scale={1.7}>
        <HourClock />
      </Put>
      <Put x={1108} y={432} nth={2}>
        <Coins count={3} />
      </Put>
      <Arrow d="M270 250H385" nth={6} />
      <Arrow d="M1050 250H940" nth={6} />
    </Picture>
  );
}

/** What this is, on the start page of a screen that has room for it; a phone fetches nothing of it. */
export function StartPicture() {
  return (
    <div class="start-picture beat-picture">
      <Place />
    </div>
  );
}

/** A maker and an investor with a cord of offers between them, and the deal that two of them sign. */
export function Matching() {
  return (
    <Picture box="20 70 1280 430">
      <Person face={9} x={80} y={110} size={200} />
      <Put x={40} y={300}>
        <Desk width={280} height={100} />
      </Put>
      <Person face={18} x={1040} y={110} size={200} />
      <Put x={1000} y={300}>
        <Table width={280} height={100} />
      </Put>
      <path class="outline" d="M300 120Q660 190 1020 120" />
      {[0, 1, 2, 3].map((at) => (
        <Put key={at} x={432 + at * 152} y={at === 0 || at === 3 ? 147 : 154} nth={at + 1} scale={1.5}>
          <Envelope />
        </Put>
      ))}
      <Put x={492} y={320} nth={6} scale={3}>
        <DealPieces />
      </Put>
    </Picture>
  );
}

const PAID = ["rent", "help", "shares"] as const;
const STOPS = [610, 880, 1150] as const; // their middles
const WORD_SIZE = 40; // as slides.css has it
const WORDS_WIDE = 640; // all three, where each still stands beside the next

/** Who buys pays into a chain: the house first, then whoever gave, and last whoever holds shares. */
export function Energy() {
  const words = PAID.map((what) => t(`lesson.scene.energy.${what}`));
  const isWide = displayWidth(words.join(" "), WORD_SIZE) > WORDS_WIDE; // then the middle one stands below the others
  return (
    <Picture box={isWide ? "10 40 1300 510" : "10 40 1300 470"}>
      {[0, 1, 2, 3].map((at) => (
        <Put key={at} x={70 + at * 78} y={at % 2 ? 270 : 310} nth={at} scale={1.25}>
          <Customer index={at} />
        </Put>
      ))}
      <Put x={410} y={310} nth={2} scale={1.4}>
        <Coins count={12} />
      </Put>
      {STOPS.map((x, at) => (
        <Arrow key={x} d={`M${x - 145} 200H${x - 90}`} nth={3 + 2 * at} />
      ))}
      <Put x={STOPS[0] - 70} y={80} nth={4} scale={0.54}>
        <House width={260} height={330} roof={1} />
      </Put>
      <Person face={6} x={STOPS[1] - 75} y={110} nth={6} size={150} />
      <Person face={9} x={STOPS[2] - 75} y={110} nth={8} size={150} />
      {PAID.map((what, at) => (
        <g key={what}>
          <Put x={STOPS[at] ?? 0} y={400} nth={4 + 2 * at} scale={1.4}>
            <Coins count={6 - 2 * at} />
          </Put>
          <Put x={STOPS[at] ?? 0} y={isWide && at === 1 ? 525 : 480} nth={4 + 2 * at}>
            <text class="beat-word">{words[at]}</text>
          </Put>
        </g>
      ))}
    </Picture>
  );
}

/** An idea grows into a product, or comes apart; whoever led it begins again, with what was learned. */
export function Metabolism() {
  return (
    <Picture>
      {[0, 1, 3].map((stage, at) => (
        <Put key={stage} x={100 + at * 420} y={50} nth={2 * at} scale={8}>
          <Idea sector="learning" stage={stage} born={at > 0} />
        </Put>
      ))}
      <Arrow d="M330 150H480" nth={1} />
      <Arrow d="M750 150H900" nth={3} />
      <Arrow d="M600 262V330" nth={5} />
      <Put x={520} y={330} nth={6} scale={7}>
        <Idea sector="learning" stage={2} closed />
      </Put>
      <Person face={14} x={300} y={370} nth={7} size={130} />
      <Arrow d="M290 440H190V280" nth={8} />
      <Arrow d="M1036 360V275" nth={5} />
      {[0, 1, 2].map((at) => (
        <Put key={at} x={926 + at * 110} y={450} nth={5} scale={1.3}>
          <Customer index={at} />
        </Put>
      ))}
    </Picture>
  );
}

const OF_ROLE = { maker: 9, investor: 18, operator: 23 } as const;

/** The three roles beside each other, each with what it does in a line. */
export function Roles() {
  return (
    <ul class="beat-roles">
      {ROLES.map((role, at) => (
        <li key={role} class="comes" style={{ "--nth": 2 * at, "--role": `var(--${role})` }}>
          <Face face={OF_ROLE[role as keyof typeof OF_ROLE]} size={200} />
          <b>
            <Sym name={role} size={52} color="var(--role)" /> {t(`role.${role}`)}
          </b>
          <span>{t(`lesson.scene.roles.${role}`)}</span>
        </li>
      ))}
    </ul>
  );
}

const BLOCKS = [
  { x: 60, height: 130, face: 18 },
  { x: 220, height: 200, face: 9 },
  { x: 380, height: 80, face: 27 },
] as const;
const GROUND = 490;

/** A podium for some, and a town for all. */
export function Stake() {
  return (
    <Picture box="10 140 1300 370">
      {BLOCKS.map(({ x, height, face }, at) => (
        <g key={x}>
          <Put x={x} y={GROUND - height} nth={at}>
            <rect class="paper" width="160" height={height} />
          </Put>
          <Person face={face} x={x + 15} y={GROUND - height - 134} nth={at} size={130} />
        </g>
      ))}
      <path class="outline" d={`M20 ${GROUND}H1300`} />
      {[0, 1, 3].map((roof, at) => (
        <Put key={roof} x={640 + at * 225} y={GROUND - 250} nth={3 + at} scale={0.62}>
          <House width={300} height={400} roof={roof}>
            <rect class="sign-board" x="3" y={ROOF + 3} width="294" height="80" />
          </House>
        </Put>
      ))}
      {SECTORS.map((sector, at) => (
        <Put key={sector} x={690 + at * 225} y={GROUND - 118} nth={6 + at} scale={4}>
          <Idea sector={sector} stage={3} born />
        </Put>
      ))}
    </Picture>
  );
}
