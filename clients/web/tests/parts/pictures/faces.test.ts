// Faces: each drawing can be read, each has a name in both languages, and seats that share one are told apart.
import { beforeAll, expect, test } from "vitest";
import { DRAWINGS } from "../../../src/parts/pictures/faces/drawings";
import { faceName, faceOf } from "../../../src/parts/pictures/faces/face";
import { drawSprite, faceUrl } from "../../../src/parts/pictures/faces/face_sprite";
import { readStrokes } from "../../../src/parts/pictures/faces/pen_strokes";
import { needsRing, penOf } from "../../../src/parts/pictures/pens";
import { language } from "../../../src/prefs";
import { load, speak } from "../../../src/texts";

beforeAll(() => load("en"));

test("thirty-two drawings, each with another name, become one sprite", () => {
  drawSprite();
  drawSprite();
  expect(document.querySelectorAll("#faces")).toHaveLength(1);
  expect(document.querySelectorAll("#faces symbol")).toHaveLength(33);
  expect(new Set(DRAWINGS.map(({ name }) => name)).size).toBe(32);
});

test("an unknown shape is refused, and so is an unknown fill", () => {
  expect(() => readStrokes("Bh z1 2 3", "#000000")).toThrow("no stroke");
  expect(() => readStrokes("Xh c1 2 3", "#000000")).toThrow("no fill");
});

test("a stroke says where, in which colour and how heavy", () => {
  expect(readStrokes("m Bh c22 27 15", "#8C5B3A")).toEqual([
    { isMirrored: true, fill: "#8C5B3A", line: "#10231F", width: 5, shape: '<circle cx="22" cy="27" r="15"/>' },
  ]);
  expect(readStrokes("w M1 2L3 4", "#8C5B3A")[0]).toMatchObject({ fill: "none", line: "#FFFFFF", width: 3 });
});

test("a face is said aloud in both languages", async () => {
  expect(faceName(2)).toBe("green owl");
  expect(faceName(34)).toBe("green owl with a bow");
  for (const lang of ["en", "zh"] as const) {
    await speak(lang);
    const said = Array.from({ length: 64 }, (_, index) => faceName(index + 1));
    expect(new Set(said).size).toBe(64);
    expect(said.filter((name) => name.includes("face."))).toEqual([]);
  }
  expect(faceName(34)).toBe("戴蝴蝶结的绿猫头鹰");
  language.value = "en";
});

test("no two of five hundred seats have the same face and pen", () => {
  const looks = Array.from({ length: 500 }, (_, index) => `${faceOf({ id: index + 1 })} ${penOf({ id: index + 1 })}`);
  expect(new Set(looks).size).toBe(500);
  expect(faceOf({ id: 3, face: 40 })).toBe(40);
  expect([needsRing({ id: 64 }), needsRing({ id: 65 }), needsRing({ id: 3, pen: 2 })]).toEqual([false, true, true]);
});

test("a face is an image of its own too: what is used from the sprite, and from the thirty-third on with a bow", () => {
  drawSprite();
  const drawn = (ids: readonly string[]) => ids.map((id) => document.querySelector(id)?.innerHTML).join("");
  const shapes = (face: number) => {
    const page = document.createElement("div");
    page.innerHTML = decodeURIComponent(faceUrl(face)).replace("data:image/svg+xml,", "");
    return page.firstElementChild?.innerHTML;
  };
  expect(shapes(2)).toBe(drawn(["#face-2"]));
  expect(shapes(34)).toBe(drawn(["#face-2", "#face-bow"]));
});
