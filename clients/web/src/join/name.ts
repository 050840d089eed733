// How much of a name the server keeps: whole letters, as people see them, as long as they fit. It cuts by itself; the
// field takes no more, so that nobody is surprised.
import { letters } from "../texts/signs";

export const LONGEST_NAME = 40; // code points, as makersphere_protocol/names.py has it

/** Return as much of a name as is kept. */
export function fitting(name: string): string {
  let [kept, length] = ["", 0];
  for (const letter of letters(name)) {
    length += [...letter].length;
    if (length > LONGEST_NAME) break;
    kept += letter;
  }
  return kept;
}
