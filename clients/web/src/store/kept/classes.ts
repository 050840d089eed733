// By what this browser is known to a class: the name or the personal code with which it has come. Never decides what
// that opens: the server does.
import { local } from "../../storage";

export interface Mine {
  name: string;
  pass?: string;
}

const START = "ms.me.";
const MOST_CLASSES = 20;

export function mine(code: string): Mine | undefined {
  const kept = local.read<Mine>(START + code);
  return kept && { name: kept.name, ...(kept.pass ? { pass: kept.pass } : {}) };
}

export function keepMine(code: string, known: Mine): void {
  local.write(START + code, { ...known, at: Date.now() });
  const found = local.names().filter((name) => name.startsWith(START));
  const age = (name: string): number => local.read<{ at?: number }>(name)?.at ?? 0;
  for (const name of found.sort((one, other) => age(other) - age(one)).slice(MOST_CLASSES)) local.remove(name);
}
