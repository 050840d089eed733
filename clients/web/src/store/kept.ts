// What is half-done in the present phase: drafts, a step, terms that nobody has sent. Kept in this tab over a reload, and
// gone with the phase.
import { useState } from "preact/hooks";
import { session } from "../storage";
import { useRoom } from "./context";
import type { Room } from "./room";

interface Stored {
  place: string;
  values: { [name: string]: unknown };
}

export class Kept {
  constructor(private readonly room: Room) {}

  get<T>(name: string): T | undefined {
    return this.stored().values[name] as T | undefined;
  }

  /** Keep a value; none takes it away. */
  set(name: string, value: unknown): void {
    const { place, values } = this.stored();
    const { [name]: _, ...others } = values;
    session.write(this.key(), { place, values: value === undefined ? others : { ...others, [name]: value } });
  }

  private stored(): Stored {
    const { season, phase } = this.room.game.peek();
    const place = `${season}.${phase}`;
    const found = session.read<Stored>(this.key());
    return found?.place === place ? found : { place, values: {} };
  }

  private key(): string {
    return `ms.kept.${this.room.code.peek()}`;
  }
}

/** State that outlives a reload, within its phase. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const { kept } = useRoom();
  const [value, setValue] = useState<T>(() => kept.get<T>(name) ?? first);
  return [
    value,
    (next) => {
      kept.set(name, next);
      setValue(() => next);
    },
  ];
}
