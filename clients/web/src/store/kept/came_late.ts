// Who has just come into a game that runs, and has still to read who they are: kept for this tab.
import { useState } from "preact/hooks";
import { session } from "../../storage";

const START = "ms.late.";

/** Somebody has just taken a seat in a game that runs. */
export function comesLate(code: string): void {
  session.write(START + code, true);
}

/** Return whether whoever sits here has still to read who they are, and what ends that. */
export function useCameLate(code: string): [boolean, () => void] {
  const [late, setLate] = useState(session.read<boolean>(START + code) ?? false);
  return [
    late,
    () => {
      session.remove(START + code);
      setLate(false);
    },
  ];
}
