// A phone of a class: it comes by a code or a personal link without a question, waits for a table, and goes to another
// one when it was moved.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AsksFirst } from "../../src/join/asks_first";
import { Follow } from "../../src/join/follow";
import { JoinPage } from "../../src/join/join_page";
import { me } from "../../src/prefs";
import { parse } from "../../src/route";
import { keepMine, mine } from "../../src/store/kept/classes";
import { held, hold } from "../../src/store/kept/held_seats";
import { Room } from "../../src/store/room";
import { type FakeSocket, FakeWorld, recordSockets, welcome } from "../rig/fake_socket";
import { inRoom } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

const CLASS = "M3XW8TQ";
const sockets: FakeSocket[] = [];
beforeEach(() => recordSockets(sockets));
afterEach(() => vi.unstubAllGlobals());

test("who joins by a class's code is known to it by the same frame, at whichever table", () => {
  const world = new FakeWorld();
  const room = new Room({ type: "join", room: CLASS, name: "Mina" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({}, {}, { seat_token: "token" }));
  expect(held("seat", "K7QF234")).toMatchObject({ token: "token", of: CLASS });
  expect(mine(CLASS)).toEqual({ name: "Mina" });
  room.close();
});

test("a class that this device hosts is called by its name on the start page, a room by its code", () => {
  const world = new FakeWorld();
  const entrance = { type: "resume", room: CLASS, host_token: "token" } as const;
  const room = new Room(entrance, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({ class: { code: CLASS, name: "10b" } }, {}, { room: CLASS, host_token: "token" }));
  hold("host", "K7QF234", "token");
  render(<JoinPage />);
  expect(screen.queryByRole("button", { name: "Host 10b" })).not.toBeNull();
  expect(screen.queryByRole("button", { name: "Host K7QF234" })).not.toBeNull();
  room.close();
});

test("a room that is of no class is kept as before", () => {
  const world = new FakeWorld();
  const room = new Room({ type: "join", room: "K7QF234", name: "Mina" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome({}, {}, { seat_token: "token" }));
  expect(held("seat", "K7QF234")).not.toHaveProperty("of");
  room.close();
});

test.each(["removed", "unauthorised"])("a seat that is gone (%s) leads to the class, once", (code) => {
  hold("seat", "K7QF234", "token", "Mina", CLASS);
  location.hash = "#/p/K7QF234/now";
  const room = roomOf({}, {}, { kind: "seat", seat: 1, role: "maker" });
  render(<Follow />, { wrapper: inRoom(room) });
  act(() => {
    room.ending.value = { code, message: "" };
  });
  expect(location.hash).toBe(`#/j/${CLASS}/me`);
  expect(held("seat", "K7QF234")).toBeUndefined();
});

test("a seat that is gone from a room of no class stays where it is", () => {
  hold("seat", "K7QF234", "token", "Mina");
  location.hash = "#/p/K7QF234/now";
  const room = roomOf({}, {}, { kind: "seat", seat: 1, role: "maker" });
  render(<Follow />, { wrapper: inRoom(room) });
  act(() => {
    room.ending.value = { code: "removed", message: "" };
  });
  expect(location.hash).toBe("#/p/K7QF234/now");
});

test("a personal link knocks without a question, and its code leaves the address", () => {
  location.hash = `#/j/${CLASS}/me/ABCD`;
  const at = parse(location.hash);
  expect(at).toEqual({ page: "join", code: CLASS, own: true, pass: "ABCD" });
  render(<JoinPage code={CLASS} pass="ABCD" isOwn />);
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ type: "join", room: CLASS, pass: "ABCD" });
  expect(location.hash).toBe(`#/j/${CLASS}/me`);
});

test("who is known to a class by name comes again under it, and whoever is not is asked", () => {
  render(<JoinPage code={CLASS} isOwn />);
  expect(sockets).toHaveLength(0);
  keepMine(CLASS, { name: "Mina" });
  render(<JoinPage code={CLASS} isOwn />);
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ type: "join", room: CLASS, name: "Mina" });
});

test("where there is no table yet the phone says so and waits", () => {
  keepMine(CLASS, { name: "Mina" });
  render(<JoinPage code={CLASS} isOwn />);
  const message = "Your teacher has not opened a table yet.";
  act(() => {
    sockets.at(-1)?.open();
    sockets.at(-1)?.say({ type: "error", code: "unavailable", message, retry_after: 5 });
    sockets.at(-1)?.close(1013);
  });
  expect(screen.getByText(message)).toBeTruthy();
});

test.each(["joining_closed", "room_full"])(
  "whoever was moved to a table that takes nobody (%s) asks on, and follows a later move",
  (code) => {
    vi.useFakeTimers();
    keepMine(CLASS, { name: "", pass: "ABCD" });
    render(<JoinPage code={CLASS} isOwn />);
    const knocked = sockets.length;
    act(() => {
      sockets.at(-1)?.open();
      sockets.at(-1)?.say({ type: "error", code, message: "The game has ended." });
      sockets.at(-1)?.close(1013);
    });
    expect(document.body.textContent).toContain("The game has ended.");
    act(() => void vi.advanceTimersByTime(5000));
    expect(sockets.length).toBe(knocked + 1);
    act(() => sockets.at(-1)?.open());
    expect(sockets.at(-1)?.sent[0]).toMatchObject({ type: "join", room: CLASS, pass: "ABCD" });
    expect(document.body.textContent).toContain("The game has ended.");
    act(() => sockets.at(-1)?.say(welcome({}, {}, { seat_token: "token" })));
    expect(location.hash).toBe("#/p/K7QF234/now");
    vi.useRealTimers();
  },
);

const field = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name, hidden: true });
const type = (name: string, text: string) => fireEvent.input(field(name), { target: { value: text } });
const sit = () => fireEvent.click(screen.getByRole("button", { name: "Take a seat" }));

test("whoever has a pass needs no name: the class knows whose it is", () => {
  me.value = { name: "Mina" };
  render(<JoinPage />);
  const knocked = sockets.length;
  type("Code", CLASS);
  type("Name", "");
  sit();
  expect(sockets).toHaveLength(knocked);
  type("Pass", "ABCD 2345 EFGH");
  sit();
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ type: "join", room: CLASS, name: "", pass: "ABCD 2345 EFGH" });
  expect(me.value.name).toBe("Mina"); // the name of before is kept for the next room
});

test.each([
  ["abcd 2345 efgh", ""],
  [`${CLASS} abcd2345efgh`, CLASS],
])("a personal code that is typed where the class's goes is taken as the pass: %s", (typed, code) => {
  render(<JoinPage />);
  type("Code", typed);
  fireEvent.blur(field("Code"));
  expect(field("Pass").value).toBe("ABCD2345EFGH");
  expect(field("Code").value).toBe(code);
  expect(document.body.textContent?.includes("Here goes the code of your class.")).toBe(code === "");
});

test("a personal code leaves the class's code that came with the address", () => {
  render(<JoinPage code={CLASS} />);
  type("Code", "ABCD2345EFGH");
  sit(); // as whoever presses Enter there
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ room: CLASS, pass: "ABCD2345EFGH" });
});

async function asked(asks: object): Promise<void> {
  keepMine(CLASS, { name: "Mina" });
  render(<JoinPage code={CLASS} isOwn />);
  act(() => {
    sockets.at(-1)?.open();
    sockets.at(-1)?.say({ type: "error", code: "asks_first", message: "First", asks });
    sockets.at(-1)?.close(4401);
  });
  await screen.findByRole("heading", { name: "Before you sit down" });
}

test("what a class asks first is answered by the same frame", async () => {
  await asked({ question: "What do you know of firms?", answers: ["Nothing yet", "A little"], wish: true });
  const first = sockets.at(-1)?.sent[0] as { id: string };
  expect(first).toMatchObject({ answer: 0 });
  expect(screen.getByRole("button", { name: "Find my table" }).getAttribute("aria-disabled")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: "A little" }));
  fireEvent.input(screen.getByRole("textbox"), { target: { value: " Bo " } });
  fireEvent.click(screen.getByRole("button", { name: "Find my table" }));
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toEqual({ ...first, answer: 2, wish: "Bo" });
});

test("what has been said at the door is said again where all tables are full and the phone knocks anew", async () => {
  render(<JoinPage code={CLASS} />);
  type("Name", "Mina");
  sit();
  const refuse = (error: object) =>
    act(() => {
      sockets.at(-1)?.open();
      sockets.at(-1)?.say({ type: "error", message: "Not now", ...error } as never);
      sockets.at(-1)?.close(4401);
    });
  refuse({ code: "asks_first", asks: { question: "Left or right?", answers: ["Left", "Right"] } });
  fireEvent.click(await screen.findByRole("button", { name: "Right" }));
  fireEvent.click(screen.getByRole("button", { name: "Find my table" }));
  refuse({ code: "room_full", retry_after: 1 });
  const knocked = sockets.length;
  await waitFor(() => expect(sockets.length).toBe(knocked + 1), { timeout: 5000 });
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ name: "Mina", answer: 2 });
});

test("nobody has to say anything at the door", async () => {
  await asked({ question: "Left or right?", answers: ["Left", "Right"] });
  expect(screen.queryByRole("textbox")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "I’d rather not say" }));
  fireEvent.click(screen.getByRole("button", { name: "Find my table" }));
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ answer: 3 });
});

test("a class that asks for a wish alone takes none as well", async () => {
  await asked({ wish: true });
  fireEvent.click(screen.getByRole("button", { name: "Find my table" }));
  act(() => sockets.at(-1)?.open());
  expect(sockets.at(-1)?.sent[0]).toMatchObject({ answer: 1 });
  expect(sockets.at(-1)?.sent[0]).not.toHaveProperty("wish");
});

test("without an answer nothing goes out, and whoever does not want to say anything says so", async () => {
  const answer = vi.fn();
  render(
    <AsksFirst asks={{ question: "Left or right?", answers: ["Left", "Right"], wish: false }} onAnswer={answer} />,
  );
  fireEvent.click(await screen.findByRole("button", { name: "Find my table" }));
  expect(answer).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Right" }));
  fireEvent.click(screen.getByRole("button", { name: "Find my table" }));
  expect(answer).toHaveBeenCalledWith({ answer: 2 });
});

test("with whom somebody wants to sit goes out by the keyboard's own key, too", async () => {
  const answer = vi.fn();
  render(<AsksFirst asks={{ question: "", wish: true }} onAnswer={answer} />);
  const field = await screen.findByLabelText("Whom do you want to sit with? (a name, or nothing)");
  fireEvent.input(field, { target: { value: "Mina" } });
  fireEvent.submit(field.closest("form") as HTMLFormElement);
  expect(answer).toHaveBeenCalledWith({ answer: 1, wish: "Mina" });
});
