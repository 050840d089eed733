// The doors of the spaces: who has got a badge of which, by name.
import { Token } from "../../parts/pictures/tokens";
import type { Door } from "../../parts/results/entries";
import { useRoom } from "../../store/context";
import { spaceName, wholeName } from "../../store/names";
import { nameInLines, type Place, sizeOfWords } from "../long_names";
import { inRows, More } from "./scene";

const SPACES_WITH_NAMES = 3;
const NAMES_BELOW_TO = 3; // faces in a narrow column; more have their names beside them
const TWO_LINES_TO = 3; // rows of which each has room for two lines
const SMALL_LINES_TO = 6; // and where the letters are those of narrow columns
const THREE_SMALL_LINES_TO = 4;

type Look = "" | " tight" | " narrow" | " many" | " many one-line";

const MOST_ROWS = 10; // of which the last may be how many are not named
const COLUMNS_OF_ONE = 2; // where there is one space

export function Doors({ badges }: { badges: readonly Door[] }) {
  const { view } = useRoom();
  const isMany = badges.length > SPACES_WITH_NAMES;
  const most = badges.length > 1 ? MOST_ROWS : COLUMNS_OF_ONE * MOST_ROWS;
  const longest = Math.min(most, Math.max(...badges.map(({ seats }) => seats.length)));
  const rows = badges.length > 1 ? longest : Math.ceil(longest / 2);
  const look = isMany ? narrowLook(longest) : rows > TWO_LINES_TO ? " tight" : "";
  const place = { room: roomIn(badges.length, rows, look), lines: linesIn(look, rows) };
  return (
    <ul class={`doors fills${look}`} style={inRows(rows)}>
      {badges.map(({ space, seats }) => (
        <li key={space}>
          <b>{spaceName(view, space)}</b>
          {seats.slice(0, namedOf(seats.length, most)).map(({ seat }) => (
            <Holder key={seat} seat={seat} place={place} />
          ))}
          <More n={seats.length - namedOf(seats.length, most)} />
        </li>
      ))}
    </ul>
  );
}

/** How many of a space are named: all that have room; who is not named takes one's room, and there are two at least. */
function namedOf(seats: number, most: number): number {
  return seats > most ? most - 1 : seats;
}

function narrowLook(rows: number): Look {
  if (rows <= NAMES_BELOW_TO) return " narrow";
  return rows <= SMALL_LINES_TO ? " many" : " many one-line";
}

/** How many lines a name may take. */
function linesIn(look: Look, rows: number): number {
  if (look === " many") return rows <= THREE_SMALL_LINES_TO ? 3 : 2;
  return look === " tight" || look === " many one-line" ? 1 : 2;
}

const BOARD = 1736; // units, as lists.css has all of them
const BETWEEN = 32;
const EDGES = 60;
const BESIDE = 10; // between a face and its name
const NARROW_EDGES = 36;
const MANY = { edges: 24, face: 72 }; // in a narrow column

/** How much room a name has beside its face or below it, in units: one space has two columns. */
function roomIn(spaces: number, rows: number, look: Look): number {
  const columns = Math.max(2, spaces);
  const column = (BOARD - (columns - 1) * BETWEEN) / columns;
  if (look === " narrow") return column - NARROW_EDGES;
  if (spaces > SPACES_WITH_NAMES) return column - MANY.edges - MANY.face - BESIDE;
  const edges = spaces > 1 ? EDGES : EDGES / 2;
  const face = Math.min(150, Math.max(48, 440 / rows));
  return column - edges - face - BESIDE;
}

/** A face and the name: in more lines where rows are high, or in one that ends where its room does. */
function Holder({ seat, place }: { seat: number; place: Place }) {
  const { view } = useRoom();
  const name = place.lines === 1 ? wholeName(view, seat) : nameInLines(view, seat, place);
  return (
    <span class="person">
      <Token seat={seat} small />
      <span style={{ "--most": sizeOfWords(name, place) }}>
        <bdi class="name-lines">{name}</bdi>
      </span>
    </span>
  );
}
