// What is read aloud. Two live regions stand in the page from the start and are fed by one queue: cleared, then set
// after 100 ms, at least 1.5 s apart, at most five waiting; a line of the same kind replaces one that still waits, and
// what is asked for by a key comes before all that waits. What a region holds goes as soon as a line of its kind is
// said in the other one, and a while after it was said: it is true no longer, and nobody meets it who walks the page.
import { signal } from "@preact/signals";

type Urgency = "polite" | "assertive";

interface Waiting {
  text: string;
  urgency: Urgency;
  kind: string;
}

const GAP_MS = 1500;
const SET_AFTER_MS = 100;
const MOST_WAITING = 5;
const FORGET_MS = 10_000; // longer than any line takes to be read aloud

const spoken: { [urgency in Urgency]: ReturnType<typeof signal<string>> } = {
  polite: signal(""),
  assertive: signal(""),
};
const held: { [urgency in Urgency]: string } = { polite: "", assertive: "" }; // the kind of what is spoken
let queue: Waiting[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let forgetting: ReturnType<typeof setTimeout> | undefined;

let latest: Waiting | undefined;

export function say(text: string, kind = "", urgency: Urgency = "polite"): void {
  if (!text) return;
  queue = [...queue.filter((each) => !kind || each.kind !== kind), { text, urgency, kind }].slice(-MOST_WAITING);
  if (timer === undefined) next();
}

/** Say what somebody asks for by a key: before all that waits. */
export function answer(text: string, kind: string): void {
  say(text, kind);
  queue.sort((one, other) => Number(other.kind === kind) - Number(one.kind === kind));
}

function next(): void {
  const line = queue.shift();
  if (!line) {
    timer = undefined;
    forgetting = setTimeout(forget, FORGET_MS);
    return;
  }
  clearTimeout(forgetting);
  latest = line;
  for (const each of ["polite", "assertive"] as const) {
    if (each === line.urgency || (line.kind && held[each] === line.kind)) spoken[each].value = "";
  }
  held[line.urgency] = line.kind;
  timer = setTimeout(() => {
    spoken[line.urgency].value = line.text;
    timer = setTimeout(next, GAP_MS - SET_AFTER_MS); // from when it stands there: a busy page may be late with it
  }, SET_AFTER_MS);
}

/** Nothing more has been said for a while. */
function forget(): void {
  for (const region of Object.values(spoken)) region.value = "";
}

/** Say nothing of what waits, and forget what was said: what it was about is gone. */
export function hush(): void {
  clearTimeout(timer);
  clearTimeout(forgetting);
  timer = undefined;
  queue = [];
  forget();
}

/** Say once more what was said last. */
export function repeat(): void {
  if (latest) answer(latest.text, latest.kind);
}

export function LiveRegions() {
  return (
    <div class="unseen live">
      <div role="status" aria-live="polite">
        {spoken.polite.value}
      </div>
      <div role="alert" aria-live="assertive">
        {spoken.assertive.value}
      </div>
    </div>
  );
}
