import { expect, test } from "vitest";
import { groupsOf } from "../../../src/parts/results/curve_groups";
import {
  dealsOf,
  isResultOpen,
  isWholeAtEnd,
  next,
  previous,
  rolesOpen,
  rolesRevealed,
  rolledOf,
  scenesOf,
  shownAt,
  shownOf,
  stepsOf,
  waitsForHost,
} from "../../../src/parts/results/scenes";
import type { You } from "../../../src/protocol/frames";
import { looksAhead } from "../../../src/store/looks_ahead";
import { roomOf, viewOf } from "../../rig/rooms";

const RUNNING = { game: { status: "running", season: 1, phase: "recap" }, run: { first_season: 1 } };
const TOLD = {
  ...RUNNING,
  world: { policy: "gulls" },
  maker: { 1: { seat: 1, ties: [2] }, 2: { seat: 2, ties: [1] } },
  venture: { 4: { id: 4, founded: 1, closed: "unsold", closed_season: 1, dice: [2, 3], moved_up: true } },
  deal: { 1: { id: 1, season: 1 } },
  flow: { 1: { reason: "sales", amount: 5, source: "outside", target: 1 } },
  figures: { 1: { season: 1, values: {} } },
  score: { 1: { seat: 1, standings: [5] } },
};

/** Go through all that is proposed, from the game on. */
function pressed(table: object): string[] {
  const seen: string[] = [];
  for (let show = next(roomOf(table)); show; show = next(roomOf({ ...table, show }))) {
    seen.push(`${show.scene} ${show.step}`);
  }
  return seen;
}

test("a recap is told whole in five presses, and the thumb goes back the same way to the game", () => {
  const seen = pressed(TOLD);
  expect(seen).toEqual(["exits 0", "indices 0", "leaders 0", "leaders 1", "leaders 2"]);
  const back: string[] = [];
  let show = { scene: "leaders", step: 2 };
  for (let to = previous(roomOf({ ...TOLD, show })); to; to = previous(roomOf({ ...TOLD, show }))) {
    back.push(`${to.scene} ${to.step}`);
    show = to;
  }
  expect(back).toEqual([...seen.slice(0, -1).reverse(), "phase 0"]);
});

test("a phase proposes the scene of what has just closed, and nothing empty is in the list", () => {
  const at = (phase: string): string[] => pressed({ ...TOLD, game: { ...TOLD.game, phase } });
  expect(["policy", "exchange", "matching", "incubation"].map((phase) => at(phase)[0])).toEqual([
    "world 0",
    "entries 0",
    "ties 0",
    "deals 0",
  ]);
  expect(at("market")).toEqual(["dice 0", "dice 1"]);
  expect(scenesOf(roomOf(RUNNING))).toEqual([]);
  expect(pressed({ ...RUNNING, world: { policy: "gulls" }, game: { ...RUNNING.game, phase: "policy" } })).toEqual([
    "world 0",
  ]);
});

test("a room that has not started has the opening alone to show, and one without a debrief no charts of it", () => {
  expect(next(roomOf({ game: { status: "lobby" } }))).toEqual({ scene: "opening", step: 0 });
  const over = { game: { status: "over", season: 1 }, run: { first_season: 1 } };
  expect(scenesOf(roomOf(over))).not.toContain("network");
  expect(scenesOf(roomOf({ ...over, debrief: { 1: { run: 1 } } }))).toContain("network");
});

test("at the end scenes and steps without anything to show are left out", () => {
  const over = { game: { status: "over", season: 2 }, run: { first_season: 1 } };
  const ended = {
    ...over,
    debrief: { 1: { run: 1, curves: {}, energy: { 1: { links: {} } }, network: {}, survival: {}, moments: {} } },
  };
  expect(scenesOf(roomOf(ended))).toEqual(["ranking", "network", "proof", "replay"]);
  const moments = { 1: { text: "badge_lost" }, 2: { text: "lead_changed" } }; // the wall does not tell who lost a badge
  const curves = { density: { 1: 10, 2: 20 }, efficiency_maker: {}, vitality_9: { 1: 50, 2: 60 } };
  const energy = { 1: { links: { "from:room>to:maker": { credits: 5 } } }, 2: { links: {} } };
  const told = roomOf({
    ...over,
    space: { 9: { id: 9 } },
    maker: { 1: { seat: 1, ambition: "craft" } },
    debrief: { 1: { run: 1, curves, energy, network: {}, survival: { 1: { at_risk: 3 } }, moments } },
  });
  expect(scenesOf(told)).toEqual([
    "aims",
    "ranking",
    "money",
    "network",
    "moments",
    "curves",
    "survival",
    "proof",
    "replay",
  ]);
  expect(["money", "curves", "moments"].map((scene) => stepsOf(told, scene))).toEqual([1, 2, 1]);
  expect(groupsOf(told.view)).toEqual(["community", "vitality"]);
});

test("what a sealed room does not open is no scene of its end", () => {
  const over = {
    game: { status: "over", season: 2 },
    run: { first_season: 1 },
    figures: { 1: { season: 1, values: {} } },
  };
  expect(scenesOf(roomOf({ ...over, room: { sealed: true } }))).toEqual(
    scenesOf(roomOf(over)).filter((scene) => !["ranking", "proof", "replay"].includes(scene)),
  );
  expect(scenesOf(roomOf(over))).toContain("ranking");
});

test("a sealed room has no whole ranking at its end, whether a host leads it or not", () => {
  const over = { game: { status: "over", season: 2 }, figures: { 2: { season: 2, values: {} } } };
  expect(isWholeAtEnd(roomOf(over))).toBe(true);
  expect(isWholeAtEnd(roomOf({ ...over, room: { sealed: true } }))).toBe(false);
});

test("of a season that was cut short no money is shown, unless there is no other", () => {
  const energy = Object.fromEntries(
    [1, 2, 3].map((season) => [season, { links: { "from:room>to:kept": { credits: 5 } } }]),
  );
  const curves = { density: { 1: 10, 2: 20 } };
  const steps = (told: object) =>
    stepsOf(roomOf({ game: { status: "over", season: 3 }, debrief: { 1: { run: 1, energy, ...told } } }), "money");
  expect([steps({ curves }), steps({ curves: {} }), steps({})]).toEqual([2, 3, 3]);
});

test("the ranking waits for a host who is known to lead; where it was there at once, nothing hides it again", () => {
  const over = { game: { status: "over", season: 1 }, run: { first_season: 1 }, module: { recap: {} } };
  const counted = { ...over, figures: { 1: { season: 1, values: {} } } };
  const led = [
    over,
    { ...counted, room: { pace: "host" } },
    { ...counted, show: { scene: "phase", step: 0, theme: "dark" } },
  ];
  for (const table of led) {
    expect(waitsForHost(viewOf(table))).toBe(true);
    expect(next(roomOf(table))).toEqual({ scene: "ranking", step: 0 });
  }
  expect(waitsForHost(viewOf(counted))).toBe(false);
  // rules that count no figures: nothing tells of a host
  expect(waitsForHost(viewOf({ ...over, module: {} }))).toBe(false);
  expect(next(roomOf(counted))).toEqual({ scene: "together", step: 0 });
  expect(waitsForHost(viewOf(RUNNING))).toBe(false);
});

test("who led so far is on the wall no longer once the game is over: the ranking says it", () => {
  const show = { scene: "leaders", step: 2, theme: "dark" };
  expect(shownOf(viewOf({ ...RUNNING, show }))).toEqual(show);
  const over = { game: { status: "over", season: 1 }, show };
  expect(shownOf(viewOf(over))).toEqual({ scene: "phase", step: 0, theme: "dark" });
  expect(shownOf(viewOf({}))).toEqual({ scene: "phase", step: 0 });
});

test.each([
  [{ scene: "phase", step: 0 }, 0],
  [{ scene: "ranking", step: 0, opened: 1 }, 1],
  [{ scene: "ranking", step: 1, opened: 2 }, 2],
  [{ scene: "ranking", step: 2, opened: 3 }, Infinity],
  [{ scene: "proof", step: 0, opened: 3 }, Infinity],
  [{ scene: "lobby", step: 0, opened: 3 }, Infinity], // what is shown later takes nothing back
  [{ scene: "aims", step: 0, opened: 1 }, 1],
  [{ scene: "slides", step: 0 }, 0], // nor do the lesson's slides give anything away
])("with %o on the wall of a host who leads the ranking is open to %s roles", (show, roles) => {
  const led = { game: { status: "over", season: 1 }, room: { pace: "host" }, show };
  expect(rolesRevealed(viewOf(led))).toBe(roles);
});

test("steps are as many as there is to show, three pages of deals at most; dice fall by themselves", () => {
  const table = (things: number, rose: boolean): object => {
    const all = Array.from({ length: things }, (_, index) => index + 1);
    return {
      ...RUNNING,
      deal: Object.fromEntries(all.map((id) => [id, { id, season: 1 }])),
      venture: Object.fromEntries(all.map((id) => [id, { id, dice: [1, 2], moved_up: rose && id === 1 }])),
    };
  };
  const steps = (things: number, scene: string, rose = true): number => stepsOf(roomOf(table(things, rose)), scene);
  expect([0, 1, 4, 5, 40].map((things) => steps(things, "deals"))).toEqual([1, 1, 1, 2, 3]);
  expect([1, 2, 40].map((things) => steps(things, "dice"))).toEqual([2, 2, 2]);
  expect(steps(2, "dice", false), "nobody moved up").toBe(1);
  expect([0, 1, 2].map((step) => shownAt(step, 9, 4))).toEqual([4, 8, 9]);
});

test("the dice of the season before are no scene of the one that opens", () => {
  const at = (phase: string) =>
    scenesOf(roomOf({ game: { status: "running", season: 2, phase }, venture: { 1: { id: 1, dice: [1, 2] } } }));
  expect(["recap", "policy"].map((phase) => at(phase).includes("dice"))).toEqual([true, false]);
});

test("deals and dice are those of the season", () => {
  const view = viewOf({
    game: { season: 2 },
    deal: { 1: { id: 1, season: 1 }, 2: { id: 2, season: 2 } },
    venture: {
      1: { id: 1, dice: [1, 2] },
      2: { id: 2, dice: [3, 4], closed: "unsold", closed_season: 2 },
      3: { id: 3, dice: [5, 6], closed: "unsold", closed_season: 1 },
      4: { id: 4, dice: [] },
    },
  });
  expect(dealsOf(view).map(({ id }) => id)).toEqual([2]);
  expect(rolledOf(view).map(({ id }) => id)).toEqual([1, 2]);
});

const SEAT: You = { kind: "seat", seat: 1, role: "maker" };
const LED = { game: { status: "over", season: 1 }, room: { pace: "host" } };

test("phones, walls and the host's own page wait, and a host who looks ahead sees all of it", () => {
  const shown = { ...LED, show: { scene: "ranking", step: 1, opened: 2 } };
  const of = (you: You): [number, boolean] => [rolesOpen(roomOf(shown, {}, you)), isResultOpen(roomOf(shown, {}, you))];
  expect(of(SEAT)).toEqual([2, false]);
  expect(of({ kind: "watcher" })).toEqual([2, false]);
  expect(of({ kind: "host" })).toEqual([2, false]);
  looksAhead.value = true;
  expect(of({ kind: "host" })).toEqual([Infinity, true]);
  expect(of(SEAT)).toEqual([2, false]);
  looksAhead.value = false;
});

test("where nobody leads the result is open at once", () => {
  const counted = {
    game: { status: "over", season: 1 },
    module: { recap: {} },
    figures: { 1: { season: 1, values: {} } },
  };
  expect(isResultOpen(roomOf(counted, {}, SEAT))).toBe(true);
});
