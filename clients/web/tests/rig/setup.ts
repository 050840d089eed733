// Every test begins with empty storage, English texts, no network, and an empty page without a past.
import { act, cleanup } from "@testing-library/preact";
import { afterEach, beforeEach } from "vitest";
import { leave } from "../../src/connection";
import { hush } from "../../src/parts/page/live_regions";
import { LANGUAGES, language } from "../../src/prefs";
import { load, need } from "../../src/texts";

await Promise.all(
  (
    [
      "play",
      "operator",
      "investor",
      "cards",
      "pitches",
      "host",
      "pages",
      "debrief",
      "lesson",
      "reflect",
      "asking",
      "class",
    ] as const
  ).map(need),
);
await Promise.all(LANGUAGES.map(load));

// no stub: what a page asks for late, when its test has taken its stubs back, does not find a network either
globalThis.fetch = () => Promise.reject(new TypeError("there is no network here"));

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  language.value = "en";
});

afterEach(() => {
  act(cleanup); // what effects leave behind is put away before the next test begins
  document.body.replaceChildren(); // the files share a page
  leave(); // a connection that is left open would be tried again in the middle of another file's tests
  hush(); // and what is read aloud: a line that one test has begun is not said in the next
});
