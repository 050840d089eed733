// The doors of the spaces: who has got a badge of which, by name.
import { Token } from "../../parts/pictures/tokens";
import type { Door } from "../../parts/results/entries";
import { useRoom } from "../../store/context";
import { spaceName, wholeName } from "../../store/names";
import { nameInLines, sizeOfWords } from "../long_names";
import { inRows, More } from "./scene";

const SPACES_WITH_NAMES = 3;
const NAMES_BELOW_TO = 3; // faces in a narrow column; more have their names beside them
const TWO_LINES_TO = 3; // rows of which each has room for two lines

type Look = "" | " tight" | " narrow" | " many";

interface DoorsProps {
  badges: readonly Door[];
  /** How many of each space are named. */
  most: number;
}

export function Doors({ badges, most }: DoorsProps) {
  const { view } = useRoom();
  const isMany = badges.length > SPACES_WITH_NAMES;
  const longest = Math.min(most + 1, Math.max(...badges.map(({ seats }) => seats.length)));
  const rows = badges.length > 1 ? longest : Math.ceil(longest / 2);
  const look: Look = isMany ? (longest > NAMES_BELOW_TO ? " many" : " narrow") : rows > TWO_LINES_TO ? " tight" : "";
  const room = roomIn(badges.length, rows);
  return (
    <ul class={`doors fills${look}`} style={inRows(rows)}>
      {badges.map(({ space, seats }) => (
        <li key={space}>
          <b>{spaceName(view, space)}</b>
          {seats.slice(0, most).map(({ seat }) => (
            <Holder key={seat} seat={seat} look={look} room={room} />
          ))}
          <More n={seats.length - most} />
        </li>
      ))}
    </ul>
  );
}

const BOARD = 1736; // units, as lists.css has all of them
const BETWEEN = 32;
const EDGES = 60;
const BESIDE = 20; // between a face and its name

/** How much room a name has beside its face, in units: one space has two columns. */
function roomIn(spaces: number, rows: number): number {
  const columns = Math.max(2, spaces);
  const edges = spaces > 1 ? EDGES : EDGES / 2;
  const face = Math.min(150, Math.max(48, 440 / rows));
  return (BOARD - (columns - 1) * BETWEEN) / columns - edges - face - BESIDE;
}

interface HolderProps {
  seat: number;
  look: Look;
  room: number;
}

/** A face and the name: in two lines where rows are high, or in one that ends where its room does. */
function Holder({ seat, look, room }: HolderProps) {
  const { view } = useRoom();
  const name = look === "" ? nameInLines(view, seat, room, 2) : wholeName(view, seat);
  const isWide = look === "" || look === " tight";
  return (
    <span class="person">
      <Token seat={seat} small />
      <span style={isWide ? { "--most": sizeOfWords(name, room, look === "" ? 2 : 1) } : {}}>
        <bdi>{name}</bdi>
      </span>
    </span>
  );
}
