// What a person has chosen is put on the page and kept, but not what somebody else has dressed the page in.
import { afterEach, expect, test } from "vitest";
import { applyPrefs, borrowed, language, pseudo, size, still, theme } from "../src/prefs";
import { local } from "../src/storage";

afterEach(() => {
  borrowed.value = false;
  pseudo.value = false;
  still.value = false;
  size.value = 100;
  theme.value = "system";
});

test("choices stand on the page at once, and in the browser for the next time", () => {
  const root = document.createElement("html");
  const stop = applyPrefs(root);
  expect([root.lang, root.dir, root.dataset["theme"], root.dataset["size"]]).toEqual(["en", "ltr", undefined, "100"]);
  language.value = "zh";
  theme.value = "dark";
  still.value = true;
  size.value = 130;
  pseudo.value = true;
  expect([root.lang, root.dir, root.dataset["theme"], root.dataset["size"]]).toEqual(["zh-CN", "rtl", "dark", "130"]);
  expect(root.hasAttribute("data-still")).toBe(true);
  expect(local.read("ms.prefs")).toMatchObject({ language: "zh", theme: "dark", still: true, size: 130, pseudo: true });
  stop();
});

test("what is borrowed is shown and not kept", () => {
  const root = document.createElement("html");
  const stop = applyPrefs(root);
  borrowed.value = true;
  theme.value = "dark";
  expect(root.dataset["theme"]).toBe("dark");
  expect(local.read("ms.prefs")).toMatchObject({ theme: "system" });
  stop();
});
