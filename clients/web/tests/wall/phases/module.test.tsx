import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { RoomContext } from "../../../src/store/context";
import { Play } from "../../../src/wall/play";
import { roomOf } from "../../rig/rooms";

test("a phase that has no picture of its own shows the pieces of its module, and how many of each there are", () => {
  const token = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [at, { worth: at }]));
  const room = roomOf({
    game: { status: "running", season: 1, phase: "trading" },
    seat: {},
    token,
    pot: { worth: 55 },
  });
  const { container } = render(
    <RoomContext.Provider value={room}>
      <Play />
    </RoomContext.Provider>,
  );
  const [tokens, pot] = [...container.querySelectorAll(".module-pieces > section")];
  expect(tokens?.querySelector("h2")?.textContent).toBe("token11");
  expect(tokens?.querySelectorAll("li")).toHaveLength(8);
  expect(pot?.querySelector("li")?.textContent).toBe("worth 55");
});
