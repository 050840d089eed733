// A list of names as teachers have it: pasted, or a file in one of the encodings that schools use. Answers the names
// and sends nothing; which of them can be shown, and which are there already, the server says.
export const MOST_NAMES = 1000;
export const MOST_AT_ONCE = 200; // names in one command
const LONGEST = 200; // what a command takes of a name

/** One line of a list. */
export interface Listed {
  name: string;
  /** What the list says besides, such as a group; "": nothing. */
  mark: string;
}

const HEADERS = /^(?:names?|full name|student|student name|pupil|姓名|名字|学生|学生姓名|名称)$/i;
const FIRST = /^(?:first[ _-]?names?|given[ _-]?names?|forenames?|名)$/i;
const LAST = /^(?:last[ _-]?names?|family[ _-]?names?|surnames?|姓|姓氏)$/i;
const HAN = /^[\u3400-\u9fff]+$/;
const MARKS = /^(?:groups?|teams?|sections?|classes|class|级别|组|小组|组别|分组|班|班级)$/i;

/**
 * Return a file's text: by its mark or its zeros, else as UTF-8, GBK or Windows-1252, as its bytes look like. A zero
 * that is left over is no sign of a name. Nothing where it is in none of them: names would come out as others.
 */
export function decoded(all: Uint8Array): string | undefined {
  const sixteen = sixteenOf(all);
  if (sixteen) return read(sixteen, all);
  const bytes = all.filter((byte) => byte > 0);
  const text = read("utf-8", bytes);
  if (text !== undefined || isNearlyUtf8(bytes)) return text;
  const [encoding, usual] = isPaired(bytes) ? (["gbk", CHINESE] as const) : (["windows-1252", LATIN] as const);
  const guess = read(encoding, bytes);
  const beyond = beyondAscii(guess ?? "");
  return beyond.filter((letter) => !usual.test(letter)).length * STRANGE_ONE_IN > beyond.length ? undefined : guess;
}

const LATIN = /[\xa0\xaa\xb0\xb4\xb7\xba\xc0-\xd6\xd8-\xf6\xf8-\xff\u0152-\u0178\u017d\u017e\u2013-\u201e\u2026\u20ac]/;
const CHINESE = new RegExp(
  String.raw`[\xa7\xb0\xb7\xd7\xf7\u2010-\u203b\u20ac\u2100-\u22ff\u2460-\u249b\u25a0-\u26ff\u3000-\u3017]` +
    String.raw`|[\u3220-\u9fff\uf900-\ufaff\uff01-\uff5e\uffe5\u{20000}-\u{3ffff}]`,
  "u",
);
const STRANGE_ONE_IN = 4; // one letter in so many, of those beyond ASCII: more are a sign of another encoding

function beyondAscii(text: string): readonly string[] {
  return [...text].filter((letter) => letter > "\x7f");
}

/** Return bytes as text, or nothing where they are none in this encoding. */
function read(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Return whether more of the letters beyond ASCII are right in UTF-8 than wrong. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const beyond = beyondAscii(new TextDecoder().decode(bytes));
  return beyond.filter((letter) => letter === "\ufffd").length * 2 < beyond.length;
}

const ONE_IN = 16; // bytes is a zero at least, in UTF-16: where all names are Chinese, their ends of lines are

/**
 * Which UTF-16 a file is in, if it is: by its mark, or since every other byte of plain letters is a zero. A few zeros
 * stand at the other end: those of letters such as 一 (U+4E00).
 */
function sixteenOf(bytes: Uint8Array): string | undefined {
  const [one, two] = bytes;
  if (one === 0xff && two === 0xfe) return "utf-16le";
  if (one === 0xfe && two === 0xff) return "utf-16be";
  const zeros = (from: number): number => bytes.filter((byte, at) => byte === 0 && at % 2 === from).length;
  const [even, odd] = [zeros(0), zeros(1)];
  const [least, most] = [Math.min(even, odd), Math.max(even, odd)];
  if (bytes.length % 2 || least * 2 > most || most * ONE_IN < bytes.length) return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

/** Return whether high bytes mostly come in pairs, as Chinese letters do; an accent stands between plain letters. */
function isPaired(bytes: Uint8Array): boolean {
  let [paired, single, run] = [0, 0, 0];
  for (const byte of [...bytes, 0]) {
    if (byte > 0x80) {
      run += 1;
      continue;
    }
    if (run % 2 === 0) paired += run / 2;
    else single += 1;
    run = 0;
  }
  return paired > single;
}

/**
 * Return the lines of a text: a name each, or the column that is called *name* with the one called *group* where there
 * is one; two columns, of the first and the last name, are as good. Empty lines are left out.
 */
export function listIn(text: string): readonly Listed[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/)
    .filter((line) => line.trim());
  const between = betweenCells(lines[0] ?? "");
  const rows = lines.map((line) => cells(line, between));
  const columns = columnsOf(rows[0] ?? []);
  const hasHeads = columns.length > 0;
  const group = hasHeads ? (rows[0]?.findIndex((cell) => MARKS.test(cell)) ?? -1) : -1;
  return (hasHeads ? rows.slice(1) : rows)
    .map((row) => ({ name: nameIn(row, hasHeads ? columns : [0]), mark: row[group] ?? "" }))
    .filter(({ name }) => name);
}

/** Return which columns have the names, by a row of headings: one, or the first and the last names; else none. */
function columnsOf(row: readonly string[]): readonly number[] {
  const at = (of: RegExp): number => row.findIndex((cell) => of.test(cell));
  const whole = at(HEADERS);
  return (whole < 0 ? [at(FIRST), at(LAST)] : [whole]).filter((column) => column >= 0);
}

/** Return the name that a row has in some columns; Chinese ones are put together as Chinese has it. */
function nameIn(row: readonly string[], columns: readonly number[]): string {
  const parts = columns.map((column) => row[column] ?? "").filter(Boolean);
  return parts.length > 1 && parts.every((part) => HAN.test(part)) ? parts.reverse().join("") : parts.join(" ");
}

/** Return a list as the text that it is read from: the names alone, or a table with two columns. */
export function written(list: readonly Listed[]): string {
  if (list.every(({ mark }) => !mark)) return list.map(({ name }) => name).join("\n");
  return ["name\tgroup", ...list.map(({ name, mark }) => `${name}\t${mark}`)].join("\n");
}

/**
 * Return a list with another below it, each name of which is there once: of whom the first says no group, the other's
 * counts.
 */
export function below(first: readonly Listed[], other: readonly Listed[]): readonly Listed[] {
  const names = new Set(first.map(({ name }) => name));
  const marks = new Map(other.map(({ name, mark }) => [name, mark]));
  const marked = first.map(({ name, mark }) => ({ name, mark: mark || (marks.get(name) ?? "") }));
  return [...marked, ...other.filter(({ name }) => !names.has(name))];
}

/** Return what parts the cells of a table; nothing where the first line is one name. */
function betweenCells(line: string): string {
  return ["\t", ";", ","].find((mark) => columnsOf(cells(line, mark)).length > 0 && line.includes(mark)) ?? "";
}

/** Return the cells of a line; in quotes a mark means nothing, and a doubled quote stands for one. */
function cells(line: string, mark: string): string[] {
  const found = [""];
  let quoted = false;
  for (const [index, letter] of [...line].entries()) {
    if (letter === '"') {
      if (quoted || line[index - 1] !== '"') quoted = !quoted;
      else {
        quoted = true;
        found[found.length - 1] += letter;
      }
    } else if (letter === mark && !quoted) found.push("");
    else found[found.length - 1] += letter;
  }
  return found.map((cell) => cell.trim());
}

export interface Pieces {
  /** What goes out, a command each. */
  pieces: readonly (readonly Listed[])[];
  /** What no command takes. */
  tooLong: readonly Listed[];
}

/** Return a list in as many pieces as commands are needed; a name that stands twice is in one: the server sees it. */
export function inPieces(list: readonly Listed[]): Pieces {
  const pieces: Listed[][] = [[]];
  for (const twins of sameNames(list.filter(({ name }) => name.length <= LONGEST))) {
    if ((pieces.at(-1)?.length ?? 0) + twins.length > MOST_AT_ONCE) pieces.push([]);
    for (const one of twins) {
      if (pieces.at(-1)?.length === MOST_AT_ONCE) pieces.push([]);
      pieces.at(-1)?.push(one);
    }
  }
  return {
    pieces: pieces.filter((piece) => piece.length > 0),
    tooLong: list.filter(({ name }) => name.length > LONGEST),
  };
}

/** Return the lines of each name together, names in the order in which they come first. */
function sameNames(list: readonly Listed[]): Iterable<readonly Listed[]> {
  const found = new Map<string, Listed[]>();
  for (const one of list) {
    const name = one.name.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
    found.set(name, [...(found.get(name) ?? []), one]);
  }
  return found.values();
}

/** Return what a command says of a piece of the list. */
export function people(piece: readonly Listed[]): { names: string[]; marks?: string[] } {
  const names = piece.map(({ name }) => name);
  return piece.some(({ mark }) => mark) ? { names, marks: piece.map(({ mark }) => mark.slice(0, LONGEST)) } : { names };
}
