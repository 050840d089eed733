// Browser storage that may be forbidden, full or damaged: then everything lives in memory until the page is reloaded.

export interface Store {
  read<T>(name: string): T | undefined;
  write(name: string, value: unknown): void;
  remove(name: string): void;
  names(): string[];
}

function open(which: "localStorage" | "sessionStorage"): Store {
  const memory = new Map<string, string>();
  const box = (): Storage | undefined => {
    try {
      return window[which];
    } catch {
      return undefined;
    }
  };
  const attempt = <T>(act: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      const storage = box();
      return storage ? act(storage) : otherwise();
    } catch {
      return otherwise();
    }
  };
  return {
    read<T>(name: string): T | undefined {
      const text =
        memory.get(name) ??
        attempt(
          (storage) => storage.getItem(name),
          () => null,
        );
      if (text === null || text === undefined) return undefined;
      try {
        return JSON.parse(text) as T;
      } catch {
        return undefined;
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      const kept = attempt(
        (storage) => {
          storage.setItem(name, text);
          return true;
        },
        () => false,
      );
      if (kept) memory.delete(name);
      else memory.set(name, text);
    },
    remove(name) {
      memory.delete(name);
      attempt(
        (storage) => storage.removeItem(name),
        () => undefined,
      );
    },
    names: () => [
      ...new Set([
        ...memory.keys(),
        ...attempt(
          (storage) => Object.keys(storage),
          () => [],
        ),
      ]),
    ],
  };
}

export const local = open("localStorage");
export const session = open("sessionStorage");
