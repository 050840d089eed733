// What has been answered is shown a moment later: the answer does not wait for the change that everybody gets.
import { effect } from "@preact/signals";

const SEEN_MS = 1000;

/** Wait until something holds of what the page knows, for a second at most: others may have changed it again. */
export async function untilSeen(holds: () => boolean): Promise<void> {
  await new Promise<void>((settle) => {
    const end = (): void => {
      clearTimeout(late);
      queueMicrotask(() => stop());
      settle();
    };
    const late = setTimeout(end, SEEN_MS);
    const stop = effect(() => {
      if (holds()) end();
    });
  });
}
