// What a host takes home: what each button asks for, with the token in a header, and who took part.
import { act, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TakeHome } from "../../../src/host/sheets/take_home";
import { RoomContext } from "../../../src/store/context";
import { hold } from "../../../src/store/kept/held_seats";
import { Room } from "../../../src/store/room";
import { FakeWorld, welcome } from "../../rig/fake_socket";

const TABLE = { game: { status: "over", season: 2, phase: "over" }, seat: { 3: { role: "maker" } } };
const PERSON = {
  ...{ name: "Ann", id: "1.1", role: "maker", seat: 1, phases: 18, decided: 17, seasons: 3, seasons_taken_part: 3 },
  ...{ questions: 3, answered: 2, questions_at_end: 2, answered_at_end: 1, asked_host: 4 },
  ...{ left_season: "", left_phase: "", bot_from_season: "", points: 86, points_of: 100, points_without_idle: 90 },
};
const GONE = {
  ...PERSON,
  id: "3.1",
  name: "",
  seat: 3,
  left_season: 2,
  left_phase: "market",
  answered: 0,
  points_without_idle: 86,
};

let open: Room;
let asked: [string, RequestInit | undefined][];
let answer: () => Response;
beforeEach(() => {
  asked = [];
  answer = () => new Response("page", { headers: { "Content-Disposition": 'attachment; filename="class.html"' } });
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    asked.push([path, init]);
    return Promise.resolve(answer());
  });
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined }));
  HTMLAnchorElement.prototype.click = () => undefined;
  hold("host", "K7QF234", "secret");
  const world = new FakeWorld();
  open = new Room({ type: "resume", room: "K7QF234", host_token: "secret" }, "ws://test/ws", world).open();
  world.last.open();
  world.last.say(welcome(TABLE, {}, { you: { kind: "host", seat: 0, role: "" } }));
  render(
    <RoomContext.Provider value={open}>
      <TakeHome />
    </RoomContext.Provider>,
  );
});
afterEach(() => {
  open.close();
  vi.unstubAllGlobals();
});

const press = async (name: string): Promise<void> => {
  await act(async () => void fireEvent.click(screen.getByRole("button", { name })));
};

test("each button asks for its file, in the page's language, with the token in a header", async () => {
  await press("All pages (ZIP)");
  await press("The class's page");
  await press("Who took part (CSV)");
  expect(asked.map(([path]) => path)).toEqual([
    "api/rooms/K7QF234/home?what=all&language=en",
    "api/rooms/K7QF234/home?what=class&language=en",
    "api/rooms/K7QF234/home?what=participation&language=en",
  ]);
  expect(asked.map(([, init]) => init?.headers)).toEqual(Array(3).fill({ Authorization: "Bearer secret" }));
});

test("a file that is not given says why", async () => {
  const error = { code: "rule", message: "It opens at the end.", field: "", retry_after: 0 };
  answer = () => new Response(JSON.stringify({ error }), { status: 409 });
  await press("The class's page");
  expect(await screen.findByText(/It opens at the end\./)).not.toBeNull();
});

test("who took part stands in a row each, asked for when the host looks", async () => {
  answer = () => new Response(JSON.stringify({ people: [PERSON, GONE] }));
  expect(asked).toEqual([]);
  const fold = screen.getByText("Who took part").closest("details") as HTMLDetailsElement;
  await act(async () => {
    fold.open = true;
  });
  expect(asked.map(([path]) => path)).toEqual(["api/rooms/K7QF234/home?what=people&language=en"]);
  const rows = within(await screen.findByRole("table")).getAllByRole("row");
  const cells = rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent));
  expect(cells).toEqual([
    ["Ann", "86 of 100; 90 without idle phases", "17 of 18", "3 of 3", "3 of 5", "4", ""],
    ["Maker 3", "86 of 100", "17 of 18", "3 of 3", "1 of 5", "4", "Season 2, Market"],
  ]);
});
