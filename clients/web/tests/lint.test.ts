// The walls of the house hold: what may import what, how long a function is, how wide a line. Each is broken here on
// purpose.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tooLong, tooWide } from "../lengths.ts";

const WEB = join(import.meta.dirname, "..");
const BIOME = join(WEB, "node_modules/@biomejs/biome/bin/biome");

/** File, what it imports, and whether it may. */
const IMPORTS: readonly (readonly [file: string, from: string, isAllowed: boolean])[] = [
  ["seat/page.ts", "../host/log", false],
  ["seat/tabs/tab.ts", "../../debrief/debrief_page", false],
  ["wall/scenes/scene.ts", "../../join/door", false],
  ["print/sheet.ts", "../rules/rules_page", false],
  ["parts/page/menu.ts", "../../seat/seat_page", false],
  ["parts/part.ts", "../forms/form", false],
  ["forms/form.ts", "../check/check_page", false],
  ["store/room.ts", "../parts/page/bell", false],
  ["texts/names.ts", "../store/view", false],
  ["protocol/outbox.ts", "../texts/index", false],
  ["seat/tabs/other.ts", "../../parts/results/sections", true],
  ["seat/other.ts", "./tabs/other", true],
  ["parts/other.ts", "../store/view", true],
  ["app.ts", "./seat/page", true],
];

interface Found {
  diagnostics: { category: string; location: { path: string } }[];
}

let folder = "";
let found: Found["diagnostics"] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "walls-"));
  copyFileSync(join(WEB, "biome.jsonc"), join(folder, "biome.jsonc"));
  for (const [file, from] of IMPORTS)
    write(file, `export * from "${from}";\nexport const later = () => import("${from}");\n`);
  write("store/one.ts", 'import type { Two } from "./two";\nexport type One = Two | 1;\n');
  write("store/two.ts", 'import type { One } from "./one";\nexport type Two = One | 2;\n');
  found = lint();
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, source: string): void {
  mkdirSync(dirname(join(folder, "src", file)), { recursive: true });
  writeFileSync(join(folder, "src", file), source);
}

/** Return what the linter says of the folder; it fails where it finds something, as it does here. */
function lint(): Found["diagnostics"] {
  try {
    execFileSync(process.execPath, [BIOME, "lint", "--reporter=json", "--max-diagnostics=none", "."], {
      cwd: folder,
      stdio: "pipe",
    });
  } catch (error) {
    return (JSON.parse(String((error as { stdout: Buffer }).stdout)) as Found).diagnostics;
  }
  return [];
}

function breaksIn(file: string, rule: string): number {
  return found.filter(({ category, location }) => category.endsWith(rule) && location.path.endsWith(`src/${file}`))
    .length;
}

test.each(IMPORTS)("%s with an import of %s: %s", (file, _, isAllowed) => {
  expect(breaksIn(file, "noRestrictedImports")).toBe(isAllowed ? 0 : 2); // at once, and later
});

test("files don't import each other in a circle, not even for a type", () => {
  expect(breaksIn("store/one.ts", "noImportCycles") + breaksIn("store/two.ts", "noImportCycles")).toBeGreaterThan(0);
});

test("a function of 41 lines is one line too long, whatever its kind", () => {
  const body = (lines: number): string => "\n".repeat(lines - 1);
  expect(tooLong("long.ts", `function long() {${body(40)}}`)).toEqual([]);
  expect(tooLong("long.ts", `\n/** It is. */\nfunction long() {${body(41)}}`)).toEqual([
    "long.ts:3: long has 41 lines",
  ]);
  expect(tooLong("long.tsx", `const Long = () => (\n<div>${body(40)}</div>);`)).toEqual([
    "long.tsx:1: Long has 41 lines",
  ]);
  expect(tooLong("long.ts", `class Any { long() {${body(41)}} }`)).toEqual(["long.ts:1: long has 41 lines"]);
  expect(tooLong("long.ts", `later(() => {${body(41)}})`)).toEqual(["long.ts:1: a function has 41 lines"]);
});

test("a line of 121 characters is one too wide, in a style sheet too, save where a file has a reason", () => {
  const line = (columns: number): string => `/* ${"×".repeat(columns - 6)} */`;
  expect(tooWide("wide.ts", line(120))).toEqual([]);
  expect(tooWide("wide.css", `\n${line(121)}`)).toEqual(["wide.css:2: 121 columns"]);
  expect(tooWide("src/parts/pictures/sprite.tsx", line(121))).toEqual([]);
});
