import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import type { Takeover } from "../../../src/wall/takeovers/found";
import { TakeoverScene } from "../../../src/wall/takeovers/takeover";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

const sector = (name: string, walk: number, demand: number) => ({ [name]: { name, walk, demand } });

function does(card: Takeover["card"], world: object): string | undefined {
  const room = roomOf({
    game: { status: "running", season: 1, seasons: 2, phase: "matching" },
    world,
    sector: { ...sector("food", 100, 140), ...sector("health", 100, 75) },
  });
  const takeover: Takeover = { kind: "shock", ...(card ? { card } : {}) };
  const { container } = render(<TakeoverScene takeover={takeover} onSkip={() => undefined} />, {
    wrapper: inRoom(room),
  });
  return container.querySelector(".takeover-does")?.textContent ?? undefined;
}

test("a card that is turned in mid-season says what it does, not its story alone", () => {
  const world = { policy: "stadium-bill", effect: "tax", tax: 20, market: "x", up: "food", down: "health" };
  expect(does({ deck: "policy", name: "stadium-bill" }, world)).toBe("This season the tax is 20%.");
  expect(does({ deck: "market", name: "x" }, world)).toBe("Food +40 % · Health \u221225 %");
});

test("of a card that another one has replaced since, no effect is told", () => {
  expect(
    does({ deck: "policy", name: "form-27b" }, { policy: "stadium-bill", effect: "tax", tax: 20 }),
  ).toBeUndefined();
});
