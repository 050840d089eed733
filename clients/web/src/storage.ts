// Browser storage that may be forbidden, full or damaged: then everything lives in memory until the page is reloaded.

export interface Store {
  read<T>(name: string): T | undefined;
  write(name: string, value: unknown): void;
  remove(name: string): void;
  names(): string[];
}

class Kept implements Store {
  private readonly memory = new Map<string, string>();

  constructor(private readonly which: "localStorage" | "sessionStorage") {}

  read<T>(name: string): T | undefined {
    const text = this.memory.get(name) ?? this.attempt((box) => box.getItem(name), null);
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined;
    }
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    const isKept = this.attempt((box) => {
      box.setItem(name, text);
      return true;
    }, false);
    if (isKept) this.memory.delete(name);
    else this.memory.set(name, text);
  }

  remove(name: string): void {
    this.memory.delete(name);
    this.attempt((box) => box.removeItem(name), undefined);
  }

  names(): string[] {
    return [...new Set([...this.memory.keys(), ...this.attempt((box) => Object.keys(box), [])])];
  }

  /** Do something with the browser's storage; where it is forbidden or full, return `otherwise`. */
  private attempt<T>(act: (box: Storage) => T, otherwise: T): T {
    try {
      return act(window[this.which]);
    } catch {
      return otherwise;
    }
  }
}

export const local: Store = new Kept("localStorage");
export const session: Store = new Kept("sessionStorage");
