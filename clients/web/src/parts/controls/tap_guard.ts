// No tap meant for yesterday. Button, place and colour are the same in every phase, so a tap that began before a phase
// changed, or right after it, would answer a question that nobody has read. It does nothing.
//
// One place for the whole phone: whatever presses a button ends as a click, which is judged by when it began. A finger
// began when it came down, a key when it went down (one that is held repeats), and a screen reader, which has neither,
// when its click came. Header and tabs, around the question, are the same in every phase and left alone.

/** How long after a change nothing is pressed: shorter than it takes to read a question, longer than a second tap. */
export const SETTLE_MS = 800;
const LATE_MS = 500; // a click that comes later than this after its finger has been lifted is another one's

/** What a press is judged by. */
interface Watched {
  /** When the phase changed that is on the page now, by `performance.now()`. */
  changedAt(): number;
  /** A press began, or counts: what the page shows at its beginning is what was seen. */
  began(): void;
  counts(): void;
}

const GUARDED = "main, dialog";
const ANSWERS = /^[1-9r ]$/i; // single keys that choose and that press the main button; others show something else

/** Have presses on a page judged; the returned function ends it. */
export function guardTaps(root: Document, watched: Watched): () => void {
  const press = new Press(watched);
  const ears: [string, (event: Event) => void][] = [
    ["pointerdown", (event) => press.down(event)],
    ["pointerup", () => press.up()],
    ["pointercancel", () => press.up()],
    ["keydown", (event) => press.key(event as KeyboardEvent)],
    ["keyup", () => press.up()],
    ["click", (event) => press.click(event)],
  ];
  for (const [name, hear] of ears) root.addEventListener(name, hear, true);
  return () => {
    press.forget();
    for (const [name, hear] of ears) root.removeEventListener(name, hear, true);
  };
}

class Press {
  private since: number | undefined;
  private forgetting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly watched: Watched) {}

  down(event: Event): void {
    this.begin();
    if (this.isTooEarly() && isGuarded(event)) event.stopImmediatePropagation(); // what repeats while it is held, too
  }

  key(event: KeyboardEvent): void {
    if (!event.repeat) this.begin();
    const kind = kindOf(event);
    if (!kind || !this.isTooEarly()) return;
    event.stopImmediatePropagation();
    if (kind === "press") event.preventDefault(); // an arrow still scrolls
  }

  /** The click comes right after a finger or a key is lifted, if it comes. */
  up(): void {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => this.forget(), LATE_MS);
  }

  click(event: Event): void {
    if (this.since === undefined) {
      this.begin(); // a screen reader's
      this.up();
    }
    if (!this.isTooEarly() || !isGuarded(event)) {
      this.watched.counts();
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
  }

  forget(): void {
    clearTimeout(this.forgetting);
    this.since = undefined;
  }

  private begin(): void {
    clearTimeout(this.forgetting);
    this.since = performance.now();
    this.watched.began();
  }

  private isTooEarly(): boolean {
    return (this.since ?? 0) < this.watched.changedAt() + SETTLE_MS;
  }
}

function isGuarded({ target }: Event): boolean {
  return target instanceof Element && target.closest(GUARDED) !== null;
}

/** Return what a key does: what is typed into a field and what only moves the focus is neither. */
function kindOf(event: KeyboardEvent): "press" | "arrow" | undefined {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  const onPage = target instanceof Element && target.matches("body, html"); // where single keys are heard
  if (!onPage && !isGuarded(event)) return undefined;
  if (key === "Enter") return "press";
  if (target instanceof Element && target.matches("input, textarea, select, [contenteditable]")) return undefined;
  if (key === "ArrowUp" || key === "ArrowDown") return "arrow";
  return ANSWERS.test(key) && !ctrlKey && !altKey && !metaKey ? "press" : undefined;
}
