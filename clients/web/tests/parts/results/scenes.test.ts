import { expect, test } from "vitest";
import { groupsOf } from "../../../src/parts/results/curve_groups";
import { next, previous, scenesOf, stepsOf, waitsForHost } from "../../../src/parts/results/scenes";
import { viewOf } from "../../rig/rooms";

const RUNNING = { game: { status: "running", season: 1, phase: "recap" }, run: { first_season: 1 } };

test("the host's thumb goes through every step of every scene and back again to the game", () => {
  let table: object = RUNNING;
  const seen: string[] = [];
  for (let show = next(viewOf(table)); show; show = next(viewOf(table))) {
    seen.push(`${show.scene} ${show.step}`);
    table = { ...RUNNING, show };
  }
  const scenes = scenesOf(viewOf(RUNNING));
  expect(seen).toEqual(
    scenes.flatMap((scene) => Array.from({ length: stepsOf(viewOf(RUNNING), scene) }, (_, step) => `${scene} ${step}`)),
  );
  const back: string[] = [];
  for (let show = previous(viewOf(table)); show; show = previous(viewOf(table))) {
    back.push(`${show.scene} ${show.step}`);
    table = { ...RUNNING, show };
  }
  expect(back).toEqual([...seen.slice(0, -1).reverse(), "phase 0"]);
});

test("a room that has not started has nothing to reveal, and one without a debrief no charts of it", () => {
  expect(next(viewOf({ game: { status: "lobby" } }))).toBeUndefined();
  const over = { game: { status: "over", season: 1 }, run: { first_season: 1 } };
  expect(scenesOf(viewOf(over))).not.toContain("network");
  expect(scenesOf(viewOf({ ...over, debrief: { 1: { run: 1 } } }))).toContain("network");
});

test("at the end scenes and steps without anything to show are left out", () => {
  const over = { game: { status: "over", season: 2 }, run: { first_season: 1 } };
  const ended = {
    ...over,
    debrief: { 1: { run: 1, curves: {}, energy: { 1: { links: {} } }, network: {}, survival: {}, moments: {} } },
  };
  expect(scenesOf(viewOf(ended))).toEqual(["ranking", "network", "proof"]);
  const moments = { 1: { text: "badge_lost" }, 2: { text: "lead_changed" } }; // the wall does not tell who lost a badge
  const curves = { density: { 1: 10, 2: 20 }, efficiency_maker: {}, vitality_9: { 1: 50, 2: 60 } };
  const energy = { 1: { links: { "from:room>to:maker": { credits: 5 } } }, 2: { links: {} } };
  const told = viewOf({
    ...over,
    space: { 9: { id: 9 } },
    maker: { 1: { seat: 1, ambition: "craft" } },
    debrief: { 1: { run: 1, curves, energy, network: {}, survival: { 1: { at_risk: 3 } }, moments } },
  });
  expect(scenesOf(told)).toEqual(["ranking", "money", "curves", "survival", "network", "moments", "aims", "proof"]);
  expect(["money", "curves", "moments"].map((scene) => stepsOf(told, scene))).toEqual([1, 2, 1]);
  expect(groupsOf(told)).toEqual(["community", "vitality"]);
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
    expect(next(viewOf(table))).toEqual({ scene: "ranking", step: 0 });
  }
  expect(waitsForHost(viewOf(counted))).toBe(false);
  // rules that count no figures: nothing tells of a host
  expect(waitsForHost(viewOf({ ...over, module: {} }))).toBe(false);
  expect(next(viewOf(counted))).toEqual({ scene: "money", step: 0 });
  expect(waitsForHost(viewOf(RUNNING))).toBe(false);
});
