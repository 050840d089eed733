// Names for intentions: 128 random bits in hex. `getRandomValues` works on plain HTTP too, where `randomUUID` is missing.

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
