// A term sheet: whose credits it asks for, and how many there can be.
import { act, fireEvent, render, screen } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { afterEach, expect, test, vi } from "vitest";
import type { Tree } from "../../../src/protocol/frames";
import { Composer, Inbox } from "../../../src/seat/tabs/offers";
import { CapTable } from "../../../src/seat/tabs/table_tab";
import { RoomContext } from "../../../src/store/context";
import type { Venture } from "../../../src/store/entities";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

let open: Room | undefined;
afterEach(() => {
  open?.close();
  vi.useRealTimers();
});

const TABLE = {
  seat: { 1: { id: 1, role: "maker", name: "Mina" }, 2: { id: 2, role: "investor", name: "Bo" } },
  investor: { 2: { seat: 2, type: "angel", speciality: "any", badges: [] } },
  account: { "investor:2": { balance: 224 } },
  venture: { 5: { id: 5, card: "rice-robot", lead: 1, stage: 0, shares: {}, cofounders: [] } },
} as unknown as Tree;
const TERMS = {
  send_terms: { properties: { credits: { type: "integer", minimum: 0, maximum: 500 } }, required: ["credits"] },
};

function enter(seat: number, table: Tree, children: ComponentChildren): FakeWorld {
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", seat_token: "x" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(
    welcome(table, { legal: TERMS } as unknown as Tree, {
      you: { kind: "seat", seat, role: seat === 1 ? "maker" : "investor" },
    }),
  );
  render(<RoomContext.Provider value={open}>{children}</RoomContext.Provider>);
  return world;
}

function write(seat: number, party: { investor: number } | { venture: number }): HTMLElement {
  enter(seat, TABLE, <Composer party={party} onClose={() => undefined} />);
  return screen.getByRole("spinbutton", { hidden: true });
}

test("a maker asks an investor for no more than the table says that there is", () => {
  expect(write(1, { investor: 2 }).getAttribute("max")).toBe("224");
  expect(screen.getByText("Bo pays · 0 to 224")).toBeTruthy();
});

test("an investor reads that it is the one who pays", () => {
  expect(write(2, { venture: 5 }).getAttribute("max")).toBe("224");
  expect(screen.getByText("you pay · 0 to 224")).toBeTruthy();
});

test("an offer that nobody has touched is not complained of before it is sent: what is missing is said", async () => {
  vi.useFakeTimers();
  const world = enter(1, TABLE, <Composer party={{ investor: 2 }} onClose={() => undefined} />);
  const message = "Ask for something.";
  const answered = async (): Promise<(string | null)[]> => {
    await act(async () => void (await vi.runAllTimersAsync()));
    const { id } = world.last.sent.at(-1) as { id: string };
    world.last.say({ type: "result", id, ok: false, now: 1, error: { code: "rule", message } });
    await act(async () => void (await vi.runAllTimersAsync()));
    return screen.getAllByText(message).map((each) => each.className);
  };
  const press = (name: RegExp): boolean => fireEvent.click(screen.getByRole("button", { name, hidden: true }));
  expect(await answered()).toEqual(["meta"]);
  press(/^More: /);
  expect(await answered()).toEqual(["complaint"]);
  press(/^Less: /);
  expect(await answered()).toEqual(["meta"]);
  press(/^Send offer$/);
  expect(await answered()).toEqual(["complaint"]);
});

test("what became of an offer is read as words apart", () => {
  const sheet = {
    id: 7,
    number: 1,
    maker: 1,
    investor: 2,
    venture: 5,
    by: "investor",
    status: "declined",
    credits: 60,
    hours: 0,
    shares: 3000,
    fee: 0,
  };
  enter(1, { ...TABLE, sheet: { 7: sheet } } as unknown as Tree, <Inbox />);
  expect(document.querySelector("li.meta")?.textContent?.replace(/ +/g, " ")).toBe("Bo 60 credits for 30% Declined");
});

test("a name written from right to left keeps away from the per cent beside it", () => {
  enter(
    1,
    { ...TABLE, seat: { 1: { id: 1, role: "maker", name: "مها" } } } as unknown as Tree,
    <CapTable venture={{ shares: { 1: 9700 } } as unknown as Venture} />,
  );
  expect(document.querySelector(".facts bdi")?.textContent).toBe("مها");
  expect(document.querySelector(".facts b")?.textContent).toBe("97%");
});
