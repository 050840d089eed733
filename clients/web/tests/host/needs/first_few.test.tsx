// Of a long list the first three stand there; a press shows all of it, and another one the first three again.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FirstFew } from "../../../src/host/needs/first_few";

let isLow = false;
beforeEach(() => {
  isLow = false;
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: isLow }));
});
afterEach(() => void vi.unstubAllGlobals());

const drawn = (count: number) =>
  render(<FirstFew lines={Array.from({ length: count }, (_, number) => <li key={number}>{number}</li>)} />);

test("what stands behind how many more there are is a press away", () => {
  const { container } = drawn(12);
  const lines = (): number => container.querySelectorAll("li").length;
  expect(lines()).toBe(3);
  fireEvent.click(screen.getByRole("button", { name: "and 9 more" }));
  expect(lines()).toBe(12);
  fireEvent.click(screen.getByRole("button", { name: "Show fewer" }));
  expect(lines()).toBe(3);
});

test("on a page that is no higher than a laptop's two stand there", () => {
  isLow = true;
  const { container } = drawn(3);
  expect(container.querySelectorAll("li")).toHaveLength(2);
  screen.getByRole("button", { name: "and 1 more" });
});

test("three of three need no button", () => {
  drawn(3);
  expect(screen.queryByRole("button")).toBeNull();
});
