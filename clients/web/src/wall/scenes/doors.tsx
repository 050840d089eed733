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
const SMALL_LINES_TO = 6; // and where the letters are those of narrow columns

type Look = "" | " tight" | " narrow" | " many" | " many one-line";

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
  const look = isMany ? narrowLook(longest) : rows > TWO_LINES_TO ? " tight" : "";
  const room = roomIn(badges.length, rows, look);
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

function narrowLook(rows: number): Look {
  if (rows <= NAMES_BELOW_TO) return " narrow";
  return rows <= SMALL_LINES_TO ? " many" : " many one-line";
}

const BOARD = 1736; // units, as lists.css has all of them
const BETWEEN = 32;
const EDGES = 60;
const BESIDE = 20; // between a face and its name
const SMALL = { edges: 36, face: 72 }; // in a narrow column

/** How much room a name has beside its face or below it, in units: one space has two columns. */
function roomIn(spaces: number, rows: number, look: Look): number {
  const columns = Math.max(2, spaces);
  const column = (BOARD - (columns - 1) * BETWEEN) / columns;
  if (look === " narrow") return column - SMALL.edges;
  if (spaces > SPACES_WITH_NAMES) return column - SMALL.edges - SMALL.face - BESIDE;
  const edges = spaces > 1 ? EDGES : EDGES / 2;
  const face = Math.min(150, Math.max(48, 440 / rows));
  return column - edges - face - BESIDE;
}

interface HolderProps {
  seat: number;
  look: Look;
  room: number;
}

/** A face and the name: in two lines where rows are high, or in one that ends where its room does. */
function Holder({ seat, look, room }: HolderProps) {
  const { view } = useRoom();
  const lines = look === " tight" || look === " many one-line" ? 1 : 2;
  const name = lines > 1 ? nameInLines(view, seat, room, lines) : wholeName(view, seat);
  return (
    <span class="person">
      <Token seat={seat} small />
      <span style={{ "--most": sizeOfWords(name, room, lines) }}>
        <bdi>{name}</bdi>
      </span>
    </span>
  );
}
