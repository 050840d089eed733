// How many files this page has taken home of the room: no room knows it, and a rehearsal asks for one.
import { signal } from "@preact/signals";

export const filesTaken = signal(0);
