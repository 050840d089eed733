// What people would spend, and how that has moved since the season before.
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { ownStory } from "../../../src/seat/moments/own_story";
import { Demand } from "../../../src/seat/tabs/demand";
import { inRoom } from "../../rig/in_room";
import { MINA, sit } from "../moments/played";

test("demand says by how much it has moved since the season before, once there was one", () => {
  const game = sit(MINA, "maker");
  ownStory(game.room).watch();
  const sectors = (food: number, city: number) => ({
    food: { name: "food", demand: food },
    city: { name: "city", demand: city },
  });
  game.change({ sector: sectors(607, 450) });
  game.open("recap");
  const shown = (): string => {
    const { container, unmount } = render(<Demand />, { wrapper: inRoom(game.room) });
    const text = container.textContent ?? "";
    unmount();
    return text;
  };
  expect(shown()).not.toContain("than last season");
  game.open("policy", { game: { season: 2, phase: "policy", phase_number: 0 }, sector: sectors(646, 450) });
  expect(shown()).toMatch(/646.*\+39 than last season.*450.*same/);
  game.room.close();
});
