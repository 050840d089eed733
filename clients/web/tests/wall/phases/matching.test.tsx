import { act, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Envelopes } from "../../../src/wall/phases/matching";
import { inRoom } from "../../rig/in_room";
import { roomOf } from "../../rig/rooms";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const table = (open: number) => ({ on_the_way: { open, signed: 0 } });

test("few envelopes are seen to come, of many each is there at once", () => {
  const room = roomOf(table(3));
  const { container } = render(
    <svg aria-hidden="true">
      <Envelopes />
    </svg>,
    { wrapper: inRoom(room) },
  );
  const cord = () => container.querySelector(".clothes-line");
  expect(cord()?.classList.contains("many")).toBe(false);
  void act(() => room.view.replace(table(20), {}));
  void act(() => void vi.advanceTimersByTime(600));
  expect(cord()?.querySelectorAll(".on-line")).toHaveLength(20);
  expect(cord()?.classList.contains("many")).toBe(true);
});
