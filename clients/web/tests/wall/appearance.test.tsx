// How the wall looks: as the host or a key says, and nothing of it stays with the browser.
import { act, fireEvent } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { borrowed, language, size, theme } from "../../src/prefs";
import type { Tree } from "../../src/protocol/frames";
import { useAppearanceKeys, useWallAppearance } from "../../src/wall/appearance";
import { hookIn } from "../rig/in_room";
import { roomOf } from "../rig/rooms";

afterEach(() => {
  theme.value = "system";
  size.value = 100;
});

test("a wall is light and speaks the room's language, until the host chooses otherwise", async () => {
  const room = roomOf({ room: { language: "zh" } });
  hookIn(room, useWallAppearance);
  await vi.waitFor(() => expect(language.value).toBe("zh"));
  expect([theme.value, borrowed.value]).toEqual(["light", true]);
  act(() => room.view.patch({ show: { theme: "dark", language: "en" } } as unknown as Tree, undefined));
  await vi.waitFor(() => expect(language.value).toBe("en"));
  expect(theme.value).toBe("dark");
});

test("whoever leaves the wall finds the browser as it was", async () => {
  theme.value = "dark";
  const { unmount } = hookIn(roomOf({ room: { language: "zh" } }), useWallAppearance);
  await vi.waitFor(() => expect(language.value).toBe("zh"));
  size.value = 130;
  act(unmount);
  await vi.waitFor(() => expect(borrowed.value).toBe(false));
  expect([theme.value, size.value, language.value]).toEqual(["dark", 100, "en"]);
});

test("keys make the wall larger and smaller in three steps, and dark or light", () => {
  hookIn(roomOf({}), useAppearanceKeys);
  const pressed = (key: string): number => {
    fireEvent.keyDown(document.body, { key });
    return size.value;
  };
  expect(["-", "+", "+", "+", "-"].map(pressed)).toEqual([100, 115, 130, 130, 115]);
  fireEvent.keyDown(document.body, { key: "d" });
  expect(theme.value).toBe("dark");
  fireEvent.keyDown(document.body, { key: "d" });
  expect(theme.value).toBe("light");
});
