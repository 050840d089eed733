// By what this browser is known to a class: the name or the personal code with which it has come. Never decides what
// that opens: the server does.
import { local } from "../../storage";

export interface Mine {
  name: string;
  pass?: string;
}

const START = "ms.me.";

export function mine(code: string): Mine | undefined {
  return local.read<Mine>(START + code);
}

export function keepMine(code: string, known: Mine): void {
  local.write(START + code, known);
}
