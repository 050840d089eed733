// A button that copies stands only where the browser lets it: not on a page that came by plain http from elsewhere.
import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { AddressToCopy } from "../../src/host/copy";

afterEach(() => vi.unstubAllGlobals());

test("it copies, and where nothing can be copied there is no button", () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const { unmount } = render(<AddressToCopy address="https://game.example/#/j/K7QF234" label="Link" />);
  fireEvent.click(screen.getByRole("button"));
  expect(writeText).toHaveBeenCalledExactlyOnceWith("https://game.example/#/j/K7QF234");
  unmount();
  vi.stubGlobal("navigator", {});
  render(<AddressToCopy address="https://game.example/#/j/K7QF234" label="Link" />);
  expect(screen.queryByRole("button")).toBeNull();
});
