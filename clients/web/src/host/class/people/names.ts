// A list of names as teachers have it: pasted, or a file in one of the encodings that schools use. Answers the names
// and sends nothing; which of them can be shown, and which are there already, the server says.
export const MOST_NAMES = 1000;
export const MOST_AT_ONCE = 200; // names in one command
const LONGEST = 200; // what a command takes of a name

const HEADERS = /^(?:names?|full name|student|student name|pupil|姓名|名字|学生|学生姓名|名称)$/i;

/** Return a file's text: by its mark, else as UTF-8, else as GBK or Windows-1252, whichever its bytes look like. */
export function decoded(bytes: Uint8Array): string {
  const [one, two] = bytes;
  if (one === 0xff && two === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (one === 0xfe && two === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(isPaired(bytes) ? "gbk" : "windows-1252").decode(bytes);
  }
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

/** Return the names of a text: a line each, or the column that is called *name*; empty lines are left out. */
export function namesIn(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/)
    .filter((line) => line.trim());
  const mark = markOf(lines[0] ?? "");
  const rows = lines.map((line) => cells(line, mark));
  const header = rows[0]?.findIndex((cell) => HEADERS.test(cell)) ?? -1;
  const column = Math.max(header, 0);
  return (header < 0 ? rows : rows.slice(1)).map((row) => row[column] ?? "").filter(Boolean);
}

/** Return what parts the cells of a table; nothing where the first line is one name. */
function markOf(line: string): string {
  return (
    ["\t", ";", ","].find((mark) => cells(line, mark).some((cell) => HEADERS.test(cell)) && line.includes(mark)) ?? ""
  );
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
  pieces: readonly (readonly string[])[];
  /** What no command takes. */
  tooLong: readonly string[];
}

/** Return names in as many pieces as commands are needed. */
export function inPieces(names: readonly string[]): Pieces {
  const fit = names.filter((name) => name.length <= LONGEST);
  const count = Math.ceil(fit.length / MOST_AT_ONCE);
  const pieces = Array.from({ length: count }, (_, at) => fit.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE));
  return { pieces, tooLong: names.filter((name) => name.length > LONGEST) };
}
