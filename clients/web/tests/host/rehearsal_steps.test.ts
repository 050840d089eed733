// What of a room does a step of a rehearsal, and that a step calls buttons by their names.
import { expect, test } from "vitest";
import { Progress } from "../../src/host/rehearsal/progress";
import { doneBy, freedBy, type Seen, seenIn } from "../../src/host/rehearsal/steps";
import { filesTaken } from "../../src/host/rehearsal/taken";
import { need, t } from "../../src/texts";
import { roomOf } from "../rig/rooms";

const LOBBY: Seen = {
  walls: 0,
  scene: "phase",
  step: 0,
  status: "lobby",
  season: 0,
  phase: "",
  deadline: undefined,
  leftMs: undefined,
  paused: false,
  announced: 0,
  rewound: 0,
  taken: [],
  revealed: false,
  next: "",
  waiting: false,
  bookmarks: 0,
  answers: false,
  taken_home: 0,
};
const PLAY: Seen = { ...LOBBY, status: "running", season: 1, phase: "exchange", deadline: 60_000, leftMs: 40_000 };

function done(now: Partial<Seen>, before: Partial<Seen> = {}, base = PLAY): string[] {
  return doneBy({ ...base, ...now }, { ...base, ...before }, []).filter((step) => step !== "start");
}

test("a room that nothing has happened in has no step done", () => {
  expect(doneBy(LOBBY, LOBBY, [])).toEqual([]);
});

test("more time is a step, and a clock that goes on after a pause is another", () => {
  expect(done({ deadline: 90_000 })).toEqual(["extend"]);
  expect(done({ deadline: 61_000 })).toEqual([]);
  expect(done({ deadline: 99_000 }, { deadline: undefined, paused: true })).toEqual(["pause"]);
});

test("a phase that closed by its clock was closed by nobody", () => {
  expect(done({ phase: "matching" }, { leftMs: 30_000 })).toEqual(["next"]);
  expect(done({ phase: "matching" }, { leftMs: 900 })).toEqual([]);
});

test("going on from a scene is a step, and what the close of a phase shows is none", () => {
  expect(done({ scene: "entries" }, { scene: "phase" })).toEqual([]);
  expect(done({ scene: "phase" }, { scene: "entries" })).toEqual(["scene"]);
});

test("what is kept for the talk, and what is kept of it, are steps", () => {
  expect(done({ bookmarks: 1 })).toEqual(["bookmark"]);
  const over: Seen = { ...PLAY, status: "over", scene: "why" };
  expect(done({ answers: true }, {}, over)).toEqual(["end", "debrief", "answer"]);
  expect(done({ scene: "replay" }, {}, over)).toEqual(["end", "replay"]);
  expect(done({ taken_home: 1 }, {}, over)).toEqual(["end", "debrief", "home"]);
});

test("the room shows a bookmark, and the wall an answer", () => {
  filesTaken.value = 0;
  const none = seenIn(roomOf({ game: { status: "over" } }), "");
  expect([none.bookmarks, none.answers, none.taken_home]).toEqual([0, false, 0]);
  const table = { game: { status: "over" }, answers: { season: 0, question: "next" } };
  const some = seenIn(roomOf(table, { bookmark: { 1: { season: 1 } } }), "");
  expect([some.bookmarks, some.answers]).toEqual([1, true]);
});

test("a lost phone has its seat back once a seat that was freed has people again", () => {
  const before = { ...PLAY, taken: [1, 2] };
  const freed = freedBy({ ...PLAY, taken: [2] }, before);
  expect(freed).toEqual([1]);
  expect(doneBy({ ...PLAY, taken: [2] }, before, freed)).not.toContain("lost");
  expect(doneBy({ ...PLAY, taken: [1, 2] }, { ...PLAY, taken: [2] }, freed)).toContain("lost");
});

test("a phone that lies there while its bot plays is not lost, and back by nobody's doing", () => {
  const seat = (more: object) => ({ 1: { id: 1, role: "maker", name: "Ana", ...more } });
  const seen = (more: object): Seen => seenIn(roomOf({ game: { status: "running" }, seat: seat(more) }), "");
  const [before, helped] = [seen({ by: "person" }), seen({ by: "bot", here: true })];
  expect([before.taken, freedBy(helped, before)]).toEqual([[1], []]);
});

test("how far it is outlives a reload, and goes along into the next room as its last step", () => {
  const progress = new Progress("AAAA111", true);
  progress.see({ ...LOBBY, walls: 1 });
  progress.skip("code");
  expect(progress.now.value).toBe("phone");
  expect(new Progress("AAAA111", true).now.value).toBe("phone");
  const next = new Progress("BBBB222", true);
  expect([next.isDone("wall"), next.isDone("again"), next.isDone("code")]).toEqual([true, true, false]);
  expect(new Progress("CCCC333", false).now.value).toBe("wall");
});

test.each([
  ["lost", "ui.apart.ask_to_return"],
  ["bookmark", "ui.host.bookmark"],
  ["answer", "ui.host.more.answers"],
  ["answer", "reflect.host.show"],
  ["replay", "ui.replay.lead"],
  ["home", "ui.host.take_home.class"],
])("the step %s calls the button %s by its name", async (step, button) => {
  await Promise.all([need("lesson"), need("reflect")]);
  expect(t(`lesson.rehearsal.${step}`)).toContain(`“${t(button)}”`);
});
