// Every test begins with empty storage, English texts and a page without a past.
import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach, vi } from "vitest";
import { language } from "../src/prefs";
import { load, need } from "../src/texts";

await Promise.all((["play", "cards", "pitches", "host", "pages", "debrief"] as const).map(need));
await load("en");
await load("zh");

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("there is no network here")));
  localStorage.clear();
  sessionStorage.clear();
  language.value = "en";
});

afterEach(cleanup);
