// Names as teachers have them: which encoding a file is in, which column has the names, in which pieces they go out.
import { expect, test } from "vitest";
import { decoded, inPieces, listIn, MOST_AT_ONCE, people, written } from "../../../src/host/class/people/names";

const utf16 = (text: string): number[] =>
  [...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]);

test.each([
  ["UTF-8", [...new TextEncoder().encode("Zoë\n李雷")], "Zoë\n李雷"],
  ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, 0x41], "A"],
  ["UTF-16, little end first", [0xff, 0xfe, ...utf16("Zoë 李")], "Zoë 李"],
  ["UTF-16, big end first", [0xfe, 0xff, 0x67, 0x4e], "李"],
  ["UTF-16 without its mark", utf16("Name\nZoë\n李雷"), "Name\nZoë\n李雷"],
  ["UTF-16 with a letter that ends in a zero", utf16("王一\n李雷\n韩梅\nAnn"), "王一\n李雷\n韩梅\nAnn"],
  [
    "UTF-16 without its mark, big end first",
    [0x67, 0x4e, 0x96, 0xf7, 0x00, 0x0a, 0x97, 0xe9, 0x68, 0x85],
    "李雷\n韩梅",
  ],
  [
    "UTF-8 with a zero in it",
    [...new TextEncoder().encode("Ann\0a\nBo, who is no sixteenth\n")],
    "Anna\nBo, who is no sixteenth\n",
  ],
  ["GBK", [0xc0, 0xee, 0xc0, 0xd7, 0x0a, 0xba, 0xab, 0xc3, 0xb7], "李雷\n韩梅"],
  ["GBK with a tick", [0xc0, 0xee, 0xc0, 0xd7, 0x2c, 0xa1, 0xcc], "李雷,√"],
  ["Windows-1252 with a sign in its heading", [0x4e, 0xb0, 0x3b, 0x6e], "N°;n"],
  ["Windows-1252", [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x0a, 0x5a, 0x6f, 0xeb], "Müller\nZoë"],
])("a file in %s is read", (_, bytes, text) => {
  expect(decoded(new Uint8Array(bytes))).toBe(text);
});

test.each([
  ["Big5", [0xa4, 0xfd, 0xa4, 0x70, 0xa9, 0xfa, 0x0a, 0xb3, 0xaf, 0xa9, 0xc9, 0xa7, 0x67]],
  ["Shift-JIS", [0x8e, 0x52, 0x93, 0x63, 0x0a, 0x8d, 0xb2, 0x93, 0xa1]],
  ["UTF-8 but for one byte", [...new TextEncoder().encode("李雷\n韩梅\n"), 0xe9]],
  ["half a UTF-16", [0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8]],
])("a file in %s is not read as other names", (_, bytes) => {
  expect(decoded(new Uint8Array(bytes))).toBeUndefined();
});

test.each([
  ["a line each, empty ones left out", "Ana\r\n\r\n  \r\n Bo \r\n", ["Ana", "Bo"]],
  ["a heading over one column", "Name\nAna\nBo", ["Ana", "Bo"]],
  [
    "the column that is called name",
    'id,Name,mail\n1,Ana,a@b\n2,"Bo, the ""Second""",c@d',
    ["Ana", 'Bo, the "Second"'],
  ],
  ["semicolons and Chinese", "学号;姓名\n1;李雷\n2;韩梅梅", ["李雷", "韩梅梅"]],
  ["columns of first and last names", "First name,Surname,Mail\nAnn,Lee,a@b\nBo,,", ["Ann Lee", "Bo"]],
  ["last names first, from another program", "id;Last Name;First Name\n1;Lee;Ann", ["Ann Lee"]],
  ["Chinese columns of both", "姓,名\n李,雷\n韩,梅梅", ["李雷", "韩梅梅"]],
  ["a comma in a name without a heading", "Lovelace, Ada\nHopper, Grace", ["Lovelace, Ada", "Hopper, Grace"]],
  ["nothing", "\n \n", []],
])("names are found: %s", (_, text, names) => {
  expect(listIn(text)).toEqual(names.map((name) => ({ name, mark: "" })));
});

test.each([
  ["English", "Name,Group\nAna,red\nBo,"],
  ["first names alone", "First name;Team\nAna;red\nBo;"],
  ["Chinese, the other way round", "组别\t姓名\nred\tAna\n\tBo"],
])("what the list says of somebody is read beside the name: %s", (_, text) => {
  const list = listIn(text);
  expect(list).toEqual([
    { name: "Ana", mark: "red" },
    { name: "Bo", mark: "" },
  ]);
  expect(listIn(written(list))).toEqual(list);
  expect(people(list)).toEqual({ names: ["Ana", "Bo"], marks: ["red", ""] });
  expect(people(list.slice(1))).toEqual({ names: ["Bo"] });
});

test("many names go out in pieces, in their order, and what no command takes is told", () => {
  const many = Array.from({ length: MOST_AT_ONCE + 1 }, (_, index) => `n${index}`);
  const { pieces, tooLong } = inPieces([...many, "x".repeat(201)].map((name) => ({ name, mark: "" })));
  expect(pieces.map((piece) => piece.length)).toEqual([MOST_AT_ONCE, 1]);
  expect(pieces.flat().map(({ name }) => name)).toEqual(many);
  expect(tooLong).toHaveLength(1);
});

test("a name that stands twice in a long list goes out in one piece", () => {
  const others = Array.from({ length: MOST_AT_ONCE - 1 }, (_, at) => ({ name: `Guest ${at}`, mark: "a" }));
  const [one, other] = [
    { name: "Ana", mark: "a" },
    { name: "ANA ", mark: "b" },
  ];
  const { pieces } = inPieces([one, ...others, other]);
  expect(pieces.map((piece) => piece.length)).toEqual([MOST_AT_ONCE, 1]);
  expect(pieces[0]?.slice(0, 2)).toEqual([one, other]);
  const twins = Array.from({ length: MOST_AT_ONCE + 1 }, () => one);
  expect(inPieces([other, ...twins]).pieces.map((piece) => piece.length)).toEqual([MOST_AT_ONCE, 2]);
});
