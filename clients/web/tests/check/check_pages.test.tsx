// The network check says as much as a browser knows: how soon the server failed to answer. What a phone does says the
// rest, on the page for teachers, which also says whether any phone has got through yet.
import { render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";

class Closed {
  onclose?: (event: { code: number; reason: string }) => void;
  constructor() {
    queueMicrotask(() => this.onclose?.({ code: 1006, reason: "" }));
  }
  close(): void {}
}

async function pages(
  answers: (path: string) => Promise<Response>,
): Promise<typeof import("../../src/check/check_page")> {
  vi.resetModules();
  vi.stubGlobal("WebSocket", Closed);
  vi.stubGlobal("fetch", (path: string) => answers(path));
  const [found, texts] = await Promise.all([import("../../src/check/check_page"), import("../../src/texts")]);
  await texts.load("en");
  await texts.need("pages");
  return found;
}

afterEach(() => vi.unstubAllGlobals());

const ELSEWHERE = Response.json({ address: "" });

test.each([
  [0, "Refused at once"],
  [3000, "Nothing comes back"],
])("a server that fails after %i ms is told so", async (after, said) => {
  const clock = vi.spyOn(performance, "now");
  let ms = 0;
  clock.mockImplementation(() => ms);
  const { CheckPage } = await pages((path) => {
    if (path.includes("address")) return Promise.resolve(ELSEWHERE.clone());
    ms += after;
    return Promise.reject(new TypeError("failed"));
  });
  render(<CheckPage />);
  expect(await screen.findByText(new RegExp(said))).toBeTruthy();
  expect(screen.queryByText(/own computer/)).toBeNull();
  clock.mockRestore();
});

test("on the server's own computer four ticks are not taken for those of a phone", async () => {
  const { CheckPage } = await pages(() => Promise.resolve(Response.json({ address: "192.0.2.7", heard: false })));
  render(<CheckPage />);
  expect(await screen.findByText(/Only a phone can tell/)).toBeTruthy();
});

test("a teacher reads by itself when a phone has got through", async () => {
  vi.useFakeTimers();
  let heard = false;
  const { NetworksPage } = await pages(() => Promise.resolve(Response.json({ address: "192.0.2.7", heard })));
  render(<NetworksPage />);
  await vi.waitFor(() => expect(screen.getByText(/no other device has reached/)).toBeTruthy());
  heard = true;
  await vi.advanceTimersByTimeAsync(3000);
  await vi.waitFor(() => expect(screen.getByText(/Another device has reached/)).toBeTruthy());
  vi.useRealTimers();
});
