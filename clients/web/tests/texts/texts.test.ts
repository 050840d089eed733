import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES, language } from "../../src/prefs";
import { lineText, valueName } from "../../src/store/names";
import { View } from "../../src/store/view";
import { fill, has, t, tn } from "../../src/texts";
import { about, comma, inARow, listed, number, percent, signed } from "../../src/texts/numbers";

const SOURCES = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

test.each(LANGUAGES)("every key that a screen names literally has its text in %s", (lang) => {
  language.value = lang;
  const keys = SOURCES.flatMap((source) => [...source.matchAll(/\bt[n]?\("([^"]+)"/g)].map((match) => match[1] ?? ""));
  expect(keys.length).toBeGreaterThan(150);
  expect([...new Set(keys)].filter((key) => !has(key))).toEqual([]);
});

const CATALOGUES = join(import.meta.dirname, "../../../../server/makersphere_protocol/texts");

function keysOf(lang: string): string[] {
  const files = readdirSync(join(CATALOGUES, lang));
  return files.flatMap((file) => Object.keys(JSON.parse(readFileSync(join(CATALOGUES, lang, file), "utf8")) as object));
}

test.each(LANGUAGES)("every key that a screen puts together has texts in %s", (lang) => {
  language.value = lang;
  const starts = SOURCES.flatMap((source) =>
    [...source.matchAll(/\bt[n]?\(`([a-z_.]+\.)\$\{/g)].map((match) => match[1] ?? ""),
  );
  expect(starts.length).toBeGreaterThan(50);
  expect([...new Set(starts)].filter((start) => !keysOf(lang).some((key) => key.startsWith(start)))).toEqual([]);
});

test("a number of things is said in the singular where the language has one", () => {
  expect(tn("ui.host.seats_of", 1)).toBe("1 seat");
  expect(tn("ui.host.seats_of", 2)).toBe("2 seats");
});

test("the language changes at once", () => {
  language.value = "zh";
  expect(t("role.maker")).toBe("创客");
});

test("shares are percentages and changes carry their sign", () => {
  expect([percent(6200), percent(6250), percent(0)]).toEqual(["62%", "62.5%", "0%"]);
  expect([signed(3), signed(-3), signed(0)]).toEqual(["+3", "−3", "0"]);
});

test("there is one minus, in numbers, percentages and sentences", () => {
  language.value = "en";
  expect([number(-14), percent(-2100), signed(-1), t("ui.final.better_than", { n: -21 })]).toEqual([
    "−14",
    "−21%",
    "−1",
    "above −21%",
  ]);
  expect(t("ui.final.better_than", { n: "A-1" })).toBe("above A-1%"); // a hyphen in words stays
});

test("numbers of entities are shown as names, free text as it is", () => {
  const view = new View();
  view.replace(
    {
      seat: { 2: { id: 2, role: "investor", name: "Jun" } },
      space: { 9: { id: 9 } },
      venture: { 1: { id: 1, card: "bee-payroll#2" } },
    },
    {},
  );
  expect(valueName(view, "investor", 2)).toBe("Jun");
  expect(valueName(view, "space", 9)).toBe("North Hall");
  expect(valueName(view, "space", "garage")).toBe("Garage");
  expect(valueName(view, "venture", 1)).toBe("Bee Payroll 2");
  expect(valueName(view, "seat", 7)).toBe("Player 7");
  expect(valueName(view, "text", "2")).toBe("2");
});

test("a line of the log without words is left out, and one with nothing to say", () => {
  expect(lineText(new View(), "no_such_line", {})).toBe("");
  expect(lineText(new View(), "spirit_bonus", { space: 9, bonus: 0 })).toBe("");
  expect(lineText(new View(), "subsidy", { credits: 10, count: 0 })).toBe("");
  expect(lineText(new View(), "subsidy", { credits: 10, count: 2 })).toBe(
    "Subsidy: 10 credits each. Funded ventures: 2.",
  );
});

test("letters and digits stand apart from the Chinese around them, and Chinese does not", () => {
  language.value = "zh";
  expect(t("log.introduced", { space: "North Hall", maker: "小俊", investor: "投资人 5" })).toBe(
    "North Hall 把小俊介绍给投资人 5。",
  );
  expect(t("log.studied", { maker: "创客 5", skill: "技术" })).toBe("创客 5 独自钻研技术。");
});

test("what runs from right to left is kept apart from the sentence around it, and nothing else is", () => {
  expect(t("log.introduced", { space: "North Hall", maker: "مها 2", investor: "Jun" })).toBe(
    "North Hall introduces \u2068مها 2\u2069 and Jun.",
  );
  expect(listed(["דנה", "Jun"])).toBe("\u2068דנה\u2069, Jun");
  for (const name of ["Zoë", "米娜", "Ωmega", "🦊 1", "2-1", "<b>", "\u2069"])
    expect(t("ui.offer_to", { name })).toBe(`Offer to ${name}`);
  for (const name of ["ירושלים", "Ali علي", "ﷺ", "\u{1e900}", "߀ߊ"])
    expect(t("ui.offer_to", { name })).toBe(`Offer to \u2068${name}\u2069`);
  expect(lineText(new View(), "announced", { text: "שלום" })).toBe("From the host: \u2068שלום\u2069");
  language.value = "zh";
  expect(t("log.introduced", { space: "North Hall", maker: "مها", investor: "Bo דנה" })).toBe(
    "North Hall 把\u2068مها\u2069介绍给 \u2068Bo דנה\u2069。",
  );
});

test("one hour is an hour", () => {
  expect(tn("ui.hours_left", 1)).toBe("1 hour left");
  expect(tn("ui.hours_left", 4)).toBe("4 hours left");
});

test("sentences in a row and their parts stand as the language has it", () => {
  expect([inARow(["One.", "", "Two."]), comma()]).toEqual(["One. Two.", ", "]);
  language.value = "zh";
  expect([inARow(["一。", "二。"]), comma()]).toEqual(["一。二。", "，"]);
});

test("a name that ends with a stop ends the sentence as it is, in each language", () => {
  language.value = "en";
  expect(fill("Somebody puts money on {seat}.", { seat: "Ana L." })).toBe("Somebody puts money on Ana L.");
  expect(fill("{seat}, then", { seat: "Ana L." })).toBe("Ana L., then");
  language.value = "zh";
  expect(fill("有人投了{seat}。", { seat: "Ana L." })).toBe("有人投了 Ana L。");
});

test("what something is and whom it is about have the colon of the language", () => {
  language.value = "en";
  expect(about("Give a grant", "Loan-a-Lens")).toBe("Give a grant: Loan-a-Lens");
  language.value = "zh";
  expect(about("发扶持金", "雨伞接力")).toBe("发扶持金\uff1a雨伞接力");
});

test.each(["shares", "give_shares", "take_shares"])("%s are read in per cent", (field) => {
  expect(valueName(new View(), field, 2550)).toBe("25.5%");
});
