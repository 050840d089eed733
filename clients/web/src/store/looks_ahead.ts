// Whether a host's page shows what is still to be revealed. A console may be mirrored, so it does not until its host
// has said so on this page.
import { signal } from "@preact/signals";

export const looksAhead = signal(false);
