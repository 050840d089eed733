// Of a long list the first three stand there; a press shows all of it, and another one the first three again.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { FirstFew } from "../../../src/host/needs/first_few";

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

test("three of three need no button", () => {
  drawn(3);
  expect(screen.queryByRole("button")).toBeNull();
});
