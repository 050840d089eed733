// A sheet that a press has opened: the second tap of a double tap neither closes it nor presses what lies under the
// finger by then.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { render as draw } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Confirm } from "../../../src/parts/controls/sheet";

const close = vi.fn();
const act = vi.fn();
let now = 0;

beforeEach(() => {
  now = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  close.mockClear();
  act.mockReset();
  render(<Confirm title="Close the phase?" text="So many are left." act="Next phase" onClose={close} onAct={act} />);
});
afterEach(() => vi.restoreAllMocks());

const dialog = () => screen.getByRole("dialog");
const button = (name: string) => screen.getByRole("button", { name });

test("the second tap of a double tap falls beside the sheet, which stays open", () => {
  now += 200;
  fireEvent.click(dialog(), { detail: 2 });
  fireEvent.click(dialog(), { detail: 1 }); // where a browser does not count taps
  expect(close).not.toHaveBeenCalled();
});

test.each(["Not yet", "Next phase"])("the second tap of a double tap does not press %s", (name) => {
  now += 200;
  fireEvent.click(button(name), { detail: 2 });
  expect(close).not.toHaveBeenCalled();
  expect(act).not.toHaveBeenCalled();
});

test("a press of its own counts, however soon", () => {
  now += 100;
  fireEvent.click(button("Next phase"), { detail: 1 });
  expect(act).toHaveBeenCalledOnce();
});

test("a press beside a sheet that has stood for a while closes it", () => {
  now += 800;
  fireEvent.click(dialog(), { detail: 1 });
  expect(close).toHaveBeenCalledOnce();
});

test("what it asks has the focus as soon as it is drawn, so that nobody who goes on by keys is brought back", () => {
  cleanup();
  const place = document.body.appendChild(document.createElement("div"));
  draw(<Confirm title="Free the seat?" text="" act="Free" onClose={close} onAct={act} />, place);
  expect(document.activeElement?.textContent).toBe("Not yet");
  draw(null, place);
  place.remove();
});

test("an answer that comes when the sheet is gone closes no other one", async () => {
  now += 800;
  let answer: (said: unknown) => void = () => undefined;
  act.mockReturnValue(new Promise((settle) => (answer = settle)));
  fireEvent.click(button("Next phase"), { detail: 1 });
  cleanup(); // the table went on meanwhile
  answer(undefined);
  await Promise.resolve();
  await Promise.resolve();
  expect(close).not.toHaveBeenCalled();
});
