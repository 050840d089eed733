import { fireEvent, render } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { Stepper } from "../../../src/parts/controls/stepper";

function box(container: Element): HTMLInputElement {
  const found = container.querySelector("input");
  if (!found) throw new Error("no field");
  return found;
}

test("what is being typed stands while the page is drawn anew, and counts when it is done", () => {
  const change = vi.fn();
  const stepper = <Stepper label="People" value={12} min={1} max={500} onChange={change} />;
  const { container, rerender } = render(stepper);
  fireEvent.input(box(container), { target: { value: "23" } });
  rerender(<Stepper label="People" value={12} min={1} max={500} onChange={change} />);
  expect(box(container).value).toBe("23");
  expect(change).not.toHaveBeenCalled();
  fireEvent.change(box(container));
  expect(change).toHaveBeenCalledWith(23);
});

test("a live one counts with each digit, as long as it is in bounds", () => {
  const change = vi.fn();
  const { container } = render(<Stepper label="People" value={12} min={1} max={500} live onChange={change} />);
  for (const value of ["", "7", "70", "700"]) fireEvent.input(box(container), { target: { value } });
  expect(change.mock.calls).toEqual([[7], [70]]);
});

test("a holding is read and typed in per cent, and counts in hundredths of one", () => {
  const change = vi.fn();
  const { container, getByRole, getByText } = render(
    <Stepper label="Shares" value={3500} min={0} max={4000} step={100} shares onChange={change} />,
  );
  expect(box(container).value).toBe("35");
  expect(getByText("0 to 40%")).toBeTruthy();
  fireEvent.change(box(container), { target: { value: "12.5" } });
  fireEvent.click(getByRole("button", { name: /^More/ }));
  expect(change.mock.calls).toEqual([[1250], [3600]]);
});

test("a key that is held goes on until it is let go of, and no further", () => {
  vi.useFakeTimers();
  const change = vi.fn();
  const { getByRole } = render(<Stepper label="Hours" value={5} min={0} max={9} onChange={change} />);
  const key = getByRole("button", { name: /^More/ });
  fireEvent.pointerDown(key);
  vi.advanceTimersByTime(400 + 90);
  fireEvent.pointerUp(key);
  fireEvent.click(key, { detail: 1 });
  expect(change).toHaveBeenCalledTimes(2);
  fireEvent.pointerDown(key);
  fireEvent.pointerUp(key);
  fireEvent.click(key, { detail: 1 });
  fireEvent.click(key); // by a keyboard
  expect(change).toHaveBeenCalledTimes(4);
  vi.useRealTimers();
});
