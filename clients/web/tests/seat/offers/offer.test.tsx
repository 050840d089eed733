// Offers: what the sheet begins with and says, what is signed, and in which order offers lie.
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { Composer } from "../../../src/seat/offers/composer";
import { Inbox } from "../../../src/seat/offers/inbox";
import { Sign } from "../../../src/seat/offers/sign";
import { CapTable } from "../../../src/seat/tabs/table_tab";
import { RoomContext } from "../../../src/store/context";
import type { Sheet, Venture } from "../../../src/store/entities";
import { Room } from "../../../src/store/room";
import { tick } from "../../../src/store/time";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
let world: FakeWorld;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  open?.close();
  act(() => void vi.advanceTimersByTime(30_000)); // nothing waits to be said when the next test begins
  vi.useRealTimers();
});

const TABLE = {
  game: { season: 1, seasons: 3, phase: "matching", status: "running" },
  seat: {
    1: { id: 1, role: "maker", name: "Mina", by: "person" },
    2: { id: 2, role: "investor", name: "Bo", by: "person" },
    3: { id: 3, role: "investor", name: "Robot", by: "bot" },
  },
  maker: { 1: { seat: 1, venture: 5, spirit: 6, skills: [1, 1, 1], ties: [] } },
  investor: {
    2: { seat: 2, type: "angel", speciality: "any", badges: [] },
    3: { seat: 3, type: "angel", speciality: "any", badges: [] },
  },
  account: { "investor:2": { balance: 224 }, "maker:1": { balance: 30 } },
  venture: { 5: { id: 5, card: "rice-robot", lead: 1, stage: 0, shares: { 1: 10_000 }, cofounders: [] } },
} as unknown as Tree;
const AMOUNT = { type: "integer", minimum: 0 };
const SEND = {
  properties: {
    venture: { enum: [5] },
    credits: { ...AMOUNT, maximum: 219 },
    hours: { ...AMOUNT, maximum: 8 },
    shares: { ...AMOUNT, maximum: 4000 },
    fee: { ...AMOUNT, maximum: 20 },
  },
  required: ["venture"],
  "x-start": [{ venture: [5], start: { credits: 60, shares: 2500 }, maximum: { credits: 219, shares: 4000 } }],
};
const PLAIN = { properties: { credits: { ...AMOUNT, maximum: 500 } }, required: ["credits"] };
const NUMBERS = {
  till: 0,
  till_after: 60,
  upkeep: 22,
  left: 3,
  buys: 2,
  lasts: 2,
  keeps: 10_000,
  keeps_after: 7500,
  lacks: 60,
  born: 1,
  worth: 240,
  usual_least: 170,
  usual_most: 220,
};

function enter(seat: number, legal: object, children: ComponentChildren, table: Tree = TABLE): void {
  world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(
    welcome(table, { legal } as unknown as Tree, {
      you: { kind: "seat", seat, role: seat === 1 ? "maker" : "investor" },
    }),
  );
  render(<RoomContext.Provider value={open}>{children}</RoomContext.Provider>);
}

/** Answer every preview that is under way. */
async function foresee(answer: (args: { readonly [name: string]: unknown }) => object): Promise<void> {
  await act(async () => void (await vi.runAllTimersAsync()));
  const asked = world.last.sent.splice(0).flatMap((frame) => (frame.type === "preview" ? [frame] : []));
  for (const { id, args } of asked) world.last.say({ type: "result", id, now: 1, ...answer(args ?? {}) } as never);
  await act(async () => void (await vi.runAllTimersAsync()));
}

const yes = (numbers: object, hand: object = {}): object => ({ ok: true, seq: 1, preview: { numbers, hand } });
const press = (name: RegExp | string): boolean => fireEvent.click(screen.getByRole("button", { name, hidden: true }));
const line = (name: string): string | undefined =>
  screen
    .getByText(name, { selector: "dt, dt *" })
    .closest("div")
    ?.querySelector("dd")
    ?.textContent?.replace(/\s+/g, " ")
    .replace("→ to ", "→ ");
const value = (name: string): string => screen.getByRole<HTMLInputElement>("spinbutton", { name, hidden: true }).value;

test("an offer opens with the fair deal of its form, and is sent as it stands by one tap", async () => {
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />);
  expect([value("You give"), value("You get")]).toEqual(["60", "25"]);
  expect(screen.getByText("Starts as a fair deal")).toBeTruthy();
  press("Send to Mina");
  expect(world.last.commands()[0]).toMatchObject({
    name: "send_terms",
    args: { venture: 5, credits: 60, shares: 2500, hours: 0, fee: 0 },
  });
});

test("an offer says what the whole counts as, what it buys, what the till holds and what asking costs", async () => {
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />);
  await foresee(() => yes({ ...NUMBERS, search: 5 }, { account: { "investor:2": { balance: 159 } } }));
  expect(document.querySelector(".worth")?.textContent).toBe("240");
  expect(screen.getByText("Usual here: 170 to 220")).toBeTruthy();
  expect(line("It buys")).toBe("2 seasons of materials and rent");
  expect(line("Its till")).toBe("0 → 60born");
  expect(line("(60 + 5 for asking)")).toBe("224 → 159");
});

test("what was written is kept while nothing is signed, and a signature clears the sheet for the next offer", () => {
  const sheet = <Composer party={{ venture: 5 }} onClose={() => undefined} />;
  const openAgain = (): unknown => render(<RoomContext.Provider value={open as Room}>{sheet}</RoomContext.Provider>);
  enter(2, { send_terms: SEND }, sheet);
  press("More: You give");
  cleanup();
  openAgain();
  expect(value("You give")).toBe("65");
  cleanup();
  const deal = { 1: { id: 1, season: 1, investor: 2, maker: 1, venture: 5, credits: 65, shares: 2500, hours: 0 } };
  act(() => world.last.say({ type: "update", seq: 3, now: 1, hand: { deal } } as never));
  openAgain();
  expect(value("You give")).toBe("60");
});

test("a fair deal that is changed is called fair no more; hours and fee are folded until they are there", () => {
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />);
  expect(document.querySelector("details")?.open).toBe(false);
  press("More: You give");
  expect(screen.queryByText("Starts as a fair deal")).toBeNull();
  press("More: Hours");
  expect(document.querySelector("details")?.open).toBe(true);
});

test("nobody can give more than is left after the search, and the sheet says why", async () => {
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />);
  const field = screen.getByRole("spinbutton", { name: "You give", hidden: true });
  expect(field.getAttribute("max")).toBe("219");
  fireEvent.change(field, { target: { value: "400" } });
  await foresee(() => yes({ ...NUMBERS, search: 5 }));
  expect(screen.getByText("You have 224, and asking costs 5: 219 at most.")).toBeTruthy();
});

test("an own open offer can be raised by what it holds, up to what the server says", async () => {
  const held = sheet(7, 2, "investor", { credits: 60 });
  const others = [sheet(8, 2, "maker", { credits: 20 }), sheet(9, 2, "investor", { credits: 30, venture: 6 })];
  const table = { ...among(held, ...others), account: { "investor:2": { balance: 164 } } } as unknown as Tree;
  enter(
    2,
    { send_terms: SEND },
    <Composer party={{ venture: 5 }} first={{ credits: 60, shares: 2500 }} onClose={() => undefined} />,
    table,
  );
  const field = screen.getByRole("spinbutton", { name: "You give", hidden: true });
  expect(field.getAttribute("max")).toBe("219");
  fireEvent.change(field, { target: { value: "219" } });
  await foresee(() => yes({ ...NUMBERS, search: 5 }));
  expect(screen.getByText("You have 224, and asking costs 5: 219 at most.")).toBeTruthy();
});

test("a maker asks an investor for no more than the form says that there is", () => {
  const form = { ...PLAIN, "x-start": [{ investor: [2], start: {}, maximum: { credits: 224 } }] };
  enter(1, { send_terms: form }, <Composer party={{ investor: 2 }} onClose={() => undefined} />);
  const field = screen.getByRole("spinbutton", { name: "You ask for", hidden: true });
  expect(field.getAttribute("max")).toBe("224");
  expect(screen.getByText("credits from Bo")).toBeTruthy();
});

test("an answer to an offer opens with that offer's terms and is not called a fair deal", () => {
  const first = { credits: 80, shares: 4000, hours: 0, fee: 0 };
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} first={first} onClose={() => undefined} />);
  expect([value("You give"), value("You get")]).toEqual(["80", "40"]);
  expect(screen.queryByText("Starts as a fair deal")).toBeNull();
});

const SOON_MS = 2000; // before a command that waits is doubted

test("an offer that nobody has touched is not complained of before it is sent: what is missing is said", async () => {
  enter(1, { send_terms: PLAIN }, <Composer party={{ investor: 2 }} onClose={() => undefined} />);
  const message = "Ask for something.";
  const answered = async (): Promise<(string | null)[]> => {
    await act(async () => void (await vi.advanceTimersByTimeAsync(SOON_MS)));
    const { id } = world.last.sent.at(-1) as { id: string };
    world.last.say({ type: "result", id, ok: false, now: 1, error: { code: "rule", message } });
    await act(async () => void (await vi.advanceTimersByTimeAsync(SOON_MS)));
    return screen.getAllByText(message).map((each) => each.className);
  };
  expect(await answered()).toEqual(["meta"]);
  const why = screen.getByText(message);
  const [first] = screen.getAllByRole("spinbutton", { hidden: true });
  // above all figures, so that it is in sight on a small phone
  expect(why.compareDocumentPosition(first as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  press(/^More: /);
  expect(await answered()).toEqual(["complaint"]);
  press(/^Less: /);
  expect(await answered()).toEqual(["meta"]);
  press(/^Send to Bo$/);
  expect(await answered()).toEqual(["complaint"]);
});

test("a refusal is of the terms that were refused, and goes with them", async () => {
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />);
  press("Send to Mina");
  const { id } = world.last.commands().at(-1) as { id: string };
  world.last.say({ type: "result", id, ok: false, now: 1, error: { code: "rule", message: "Too little." } });
  await foresee(() => yes(NUMBERS));
  expect(screen.getByText("Too little.")).toBeTruthy();
  press("More: You give");
  expect(screen.queryByText("Too little.")).toBeNull();
});

test("a refusal stands at its field, and what the terms came to goes", async () => {
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />);
  await foresee(() => yes({ ...NUMBERS, search: 5 }));
  press("More: You get");
  await foresee(() => ({ ok: false, error: { code: "rule", message: "Too much.", field: "shares" } }));
  expect(document.querySelector(".too-dear")?.textContent).toContain("Too much.");
  expect(document.querySelector(".worth")?.textContent).toBe("–");
});

test("while the room is paused terms can be written and foreseen, and are sent when it goes on", async () => {
  const table = { ...TABLE, clock: { paused: true } } as unknown as Tree;
  enter(2, { send_terms: SEND }, <Composer party={{ venture: 5 }} onClose={() => undefined} />, table);
  press("More: You give");
  expect(value("You give")).toBe("65");
  press("Send to Mina");
  expect(world.last.commands()).toEqual([]);
  expect(screen.getByText(/Go on planning/)).toBeTruthy();
});

const sheet = (id: number, investor: number, by: string, more: object = {}): Sheet =>
  ({
    id,
    number: 1,
    maker: 1,
    investor,
    venture: 5,
    by,
    status: "open",
    credits: 60,
    hours: 0,
    shares: 2500,
    fee: 0,
    ...more,
  }) as Sheet;
const among = (...sheets: Sheet[]): Tree =>
  ({ ...TABLE, sheet: Object.fromEntries(sheets.map((each) => [each.id, each])) }) as unknown as Tree;
const ANSWER = { answer_terms: { properties: { sheet: { enum: [7, 8, 9] }, answer: { enum: ["accept"] } } } };

test("who signs reads first what the venture has then, and the other open offer in one line", async () => {
  const signed = sheet(7, 2, "investor");
  const other = sheet(8, 3, "investor", { credits: 80, shares: 4000 });
  enter(
    1,
    ANSWER,
    <Sign sheet={signed} onClose={() => undefined} onAct={async () => undefined} />,
    among(signed, other),
  );
  await foresee((args) => yes({ ...NUMBERS, worth: args["sheet"] === 7 ? 240 : 200 }, { maker: { 1: { spirit: 7 } } }));
  const names = [...document.querySelectorAll(".terms-lines dt")].map((each) => each.textContent?.trim());
  expect(names.slice(0, 3)).toEqual(["Rice Robot has", "Enough for", "You keep"]);
  expect(line("Rice Robot has")).toBe("0 → 60born");
  expect(line("Enough for")).toBe("2 seasons of materials and rent");
  expect(line("You keep")).toBe("100% → 75%");
  expect(line("The whole venture counts as")).toBe("240");
  expect(line("Your spirit")).toBe("6 → 7");
  expect(document.querySelector(".also")?.textContent?.replace(/\s+/g, " ")).toBe(
    "Also open: Robot, 80 credits for 40% counts the whole as 200",
  );
});

test("what each side gives stands on its own board, mine on the left", () => {
  const signed = sheet(7, 2, "investor");
  enter(1, ANSWER, <Sign sheet={signed} onClose={() => undefined} onAct={async () => undefined} />, among(signed));
  const pieces = [...document.querySelectorAll(".piece")].map((each) => each.textContent?.replace(/\s+/g, " "));
  expect(pieces).toEqual(["You give 25% of Rice Robot", "Bo gives 60 credits"]);
});

test("what is asked of me stands first, people before bots, and my own offers after it, to be changed", () => {
  enter(
    1,
    ANSWER,
    <Inbox />,
    among(sheet(7, 3, "investor"), sheet(8, 2, "investor"), sheet(9, 2, "maker", { credits: 100 })),
  );
  const cards = [...document.querySelectorAll<HTMLElement>(".cards > *")];
  expect(cards.map((card) => card.querySelector(".person bdi")?.textContent)).toEqual(["Bo", "Robot", "Bo"]);
  const [, , own] = cards;
  expect(own && within(own).getByRole("button", { name: "Change: Bo" })).toBeTruthy();
  expect(own && within(own).getByText("Yours, waiting")).toBeTruthy();
});

test("offers say side by side what they count the whole as", async () => {
  enter(1, ANSWER, <Inbox />, among(sheet(7, 3, "investor"), sheet(8, 2, "investor")));
  await foresee((args) => yes({ worth: args["sheet"] === 7 ? 240 : 200 }));
  expect(screen.getAllByText(/counts the whole as/).map((each) => each.textContent)).toEqual([
    "counts the whole as 200",
    "counts the whole as 240",
  ]);
});

test("an offer that I cannot pay says so where it lies", async () => {
  enter(1, ANSWER, <Inbox />, among(sheet(7, 3, "investor")));
  const error = { code: "cannot_afford", message: "That costs 60 credits; you have 35." };
  await foresee(() => ({ ok: false, error }));
  expect(screen.getByText("That costs 60 credits; you have 35.")).toBeTruthy();
});

test("an offer of a person that waits behind the pill is announced by name", () => {
  enter(1, ANSWER, <Inbox />, among(sheet(7, 3, "investor")));
  act(() =>
    world.last.say({ type: "update", seq: 11, now: 1, hand: { sheet: { 8: sheet(8, 2, "investor") } } } as never),
  );
  expect(screen.getByRole("button", { name: "Bo asks you · 1 new offer" })).toBeTruthy();
});

test("what became of an offer is read as words apart", () => {
  enter(1, {}, <Inbox />, among(sheet(7, 2, "investor", { status: "declined", shares: 3000 })));
  expect(document.querySelector("li.meta")?.textContent?.replace(/ +/g, " ")).toBe("Bo: 60 credits for 30% Declined");
  expect(screen.queryByText(/No offers yet/)).toBeNull(); // there was one
});

test("a name written from right to left keeps away from the per cent beside it, and I am called you", () => {
  const table = { ...TABLE, seat: { 1: { id: 1, role: "maker", name: "مها" } } } as unknown as Tree;
  enter(2, {}, <CapTable venture={{ shares: { 1: 9700, 2: 300 } } as unknown as Venture} />, table);
  expect(document.querySelector(".facts bdi")?.textContent).toBe("مها");
  expect(document.querySelector(".facts b")?.textContent).toBe("97%");
  expect(document.querySelector(".facts")?.textContent).toContain("You 3%");
});

test.each(["written", "signed"])("on a phone without a link the sheet that is %s says so itself", (what) => {
  const sheet = { id: 9, venture: 5, maker: 1, investor: 2, by: "maker", credits: 60, hours: 0, shares: 3000, fee: 0 };
  const nothing = () => undefined;
  const shown =
    what === "written" ? (
      <Composer party={{ venture: 5 }} onClose={nothing} />
    ) : (
      <Sign sheet={sheet as unknown as Sheet} onClose={nothing} onAct={async () => undefined} />
    );
  enter(2, { send_terms: SEND }, shown);
  const dialog = document.querySelector("dialog");
  expect(dialog?.querySelector(".banner")).toBeNull();
  act(() => {
    if (open) open.lostSince.value = performance.now() - 5000;
    tick.value += 1;
  });
  expect(dialog?.querySelector(".banner")?.textContent).toMatch(/^No answer: your Wi-Fi or the server/);
});
