// What the host has open on this page: which seat, which sheet. It stands in one place, so that keys and buttons do the
// same thing.
import { signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Filter, NO_FILTER } from "./seats/filter";

export type SheetName =
  | "keys"
  | "code"
  | "plan"
  | "menu"
  | "answers"
  | "log"
  | "close"
  | "wall"
  | "shock"
  | "back"
  | "fork"
  | "hosts"
  | "things"
  | "behind"
  | "date"
  | "end";

export class Selection {
  /** The seat whose panel is open. */
  readonly seat = signal<number | undefined>(undefined);
  readonly sheet = signal<SheetName | undefined>(undefined);
  /** The row that has the focus, or had it last. */
  readonly row = signal<number | undefined>(undefined);
  /** Which seats are listed. */
  readonly filter = signal(NO_FILTER);
  /** Raised whenever the focus is to go to `row`. */
  readonly reach = signal(0);

  /** List the seats that are asked for. */
  readonly list = (filter: Filter): void => {
    this.filter.value = filter;
  };

  open(sheet: SheetName): void {
    this.sheet.value = sheet;
  }

  close(): void {
    this.sheet.value = undefined;
  }

  goTo(row: number | undefined): void {
    if (row === undefined) return;
    this.row.value = row;
    this.reach.value += 1;
  }
}

export const SelectionContext = createContext(new Selection());

export function useSelection(): Selection {
  return useContext(SelectionContext);
}
