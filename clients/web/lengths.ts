// No function is longer than 40 lines, and no line than 120 columns: `node lengths.ts` lists what is longer, and fails
// where there is anything. A function is counted as `house/lengths.py` counts Python's: every line from the first to
// the last as the formatter lays them, blank ones and comments too, but not the sentence above. A component is a
// function; so is what is passed to another one. The formatter breaks code that is too wide, but no text, comment or
// template.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseSync } from "vite";

const MOST_LINES = 40;
const MOST_COLUMNS = 120; // as `biome.jsonc` has it for what the formatter can break
const WIDE: ReadonlySet<string> = new Set(["src/parts/pictures/sprite.tsx"]); // paths of symbols, each of one piece
const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|generated)\//;
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** Return what a function, a variable or a property is called; nothing where it has no name. */
function nameOf(node: Node): string {
  const called = node["id"] ?? node["key"];
  return isNode(called) && typeof called["name"] === "string" ? called["name"] : "";
}

/** Return the functions of a tree with their names; one without a name goes by that of what it is assigned to. */
function functionsIn(value: unknown, assignedTo = ""): [node: Node, name: string][] {
  if (Array.isArray(value)) return value.flatMap((part) => functionsIn(part));
  if (!isNode(value)) return [];
  const name = nameOf(value) || assignedTo;
  const isFunction = FUNCTIONS.has(value.type);
  const inside = Object.values(value).flatMap((part) => functionsIn(part, isFunction ? "" : name));
  return isFunction ? [[value, name], ...inside] : inside;
}

/** Return where functions that are too long begin, what they are called and how long they are, a sentence each. */
export function tooLong(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} can't be read: ${errors[0]?.message}`);
  const lineAt = (place: number): number => source.slice(0, place).split("\n").length;
  return functionsIn(program).flatMap(([{ start, end }, name]) => {
    const lines = lineAt(end) - lineAt(start) + 1;
    return lines > MOST_LINES ? [`${file}:${lineAt(start)}: ${name || "a function"} has ${lines} lines`] : [];
  });
}

/** Return which lines are too wide, in characters, as `FILE:LINE: 121 columns`. */
export function tooWide(file: string, source: string): string[] {
  if (WIDE.has(file.replaceAll("\\", "/"))) return [];
  return source.split("\n").flatMap((line, index) => {
    const columns = [...line].length;
    return columns > MOST_COLUMNS ? [`${file}:${index + 1}: ${columns} columns`] : [];
  });
}

function sources(): string[] {
  const all = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile() && /\.(?:tsx?|css)$/.test(entry.name));
  const paths = files.map((entry) => relative(import.meta.dirname, join(entry.parentPath, entry.name)));
  return paths.filter((path) => !LEFT_OUT.test(path.replaceAll("\\", "/"))).sort();
}

if (process.argv[1] === import.meta.filename) {
  const found = sources().flatMap((file) => {
    const source = readFileSync(join(import.meta.dirname, file), "utf8");
    return [...(file.endsWith(".css") ? [] : tooLong(file, source)), ...tooWide(file, source)];
  });
  for (const line of found) console.error(`clients/web/${line}`);
  const most = `A function has ${MOST_LINES} lines at most, a line ${MOST_COLUMNS} columns`;
  if (found.length > 0) console.error(`${most}: take a step or a component out under a name of its own.`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
