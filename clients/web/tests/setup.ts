// Every test begins with empty storage, English texts and a page without a past.
import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach } from "vitest";
import { language } from "../src/prefs";
import { load } from "../src/texts";

await load("en");
await load("zh");

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  language.value = "en";
});

afterEach(cleanup);
