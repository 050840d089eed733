// Names for intentions: the time, then 128 random bits, in hex. Ids that rise with time lie side by side in the
// server's index, so that it writes a third of the pages. `getRandomValues` works on plain HTTP too, where `randomUUID`
// is missing.

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Date.now().toString(16).padStart(12, "0") + random;
}
