// What is half-done in the present phase: drafts, a step, terms that nobody has sent. Kept in this tab over a reload,
// for the person who did it, and gone with the phase.
import type { ReadonlySignal } from "@preact/signals";
import { session } from "../../storage";
import type { Singles } from "../entities";

interface Stored {
  place: string;
  values: { [name: string]: unknown };
}

/** Whose phase it is. */
interface Place {
  who(): string;
  readonly code: ReadonlySignal<string>;
  readonly game: ReadonlySignal<Partial<Singles["game"]>>;
}

export class Kept {
  constructor(private readonly room: Place) {}

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
    return `ms.kept.${this.room.code.peek()}.${this.room.who()}`;
  }
}
