// Screens by phase, in a chunk for each role: a phone loads those of the role that it plays, and no other's.
import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { fetchOrReload } from "../../parts/page/fetch_or_reload";
import { need } from "../../texts";

type Screens = { readonly [phase: string]: FunctionComponent };

const chunks: { readonly [role: string]: () => Promise<{ readonly screens: Screens }> } = {
  maker: () => import("./maker"),
  investor: () => import("./investor"),
  operator: () => import("./operator"),
};
const plain = signal<FunctionComponent>();
const loaded = signal<{ readonly [role: string]: Screens }>({});

/** Return the screens of a role, or nothing until they are there; a role without a chunk has none of its own. */
export function screensOf(role: string): Screens | undefined {
  const found = loaded.value[role];
  if (found || !chunks[role]) return found ?? {};
  void loadScreens(role);
  return undefined;
}

/** Return the screen of a phase that no role has one for, or nothing until it is there. */
export function plainScreen(): FunctionComponent | undefined {
  if (!plain.value) {
    void fetchOrReload(() => import("./plain")).then((chunk) => {
      plain.value = chunk.Plain;
    });
  }
  return plain.value;
}

/** Fetch the screens of a role, and the words that are told of any game. */
export async function loadScreens(role: string): Promise<void> {
  if (loaded.peek()[role]) return;
  const words = role === "operator" || role === "investor" ? [need("cards"), need(role)] : [need("cards")];
  const [chunk] = await fetchOrReload(() => Promise.all([chunks[role]?.(), ...words]));
  loaded.value = { ...loaded.peek(), [role]: chunk?.screens ?? {} };
}
