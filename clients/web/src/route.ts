// Fragment routes: any static host serves them, and tokens in them never reach a server's log.
import { signal } from "@preact/signals";

export type Tab = "now" | "table" | "mine" | "rules";
export const TABS: readonly Tab[] = ["now", "table", "mine", "rules"];

export type Printed = "roles" | "cards" | "paper" | "sheet" | "network";
export const PRINTED: readonly Printed[] = ["roles", "cards", "paper", "sheet", "network"];

export type Route =
  | { page: "home" }
  | { page: "nowhere" }
  | { page: "join"; code: string; pass?: string; own?: true }
  | { page: "play"; code: string; tab: Tab; sheet?: { name: string; about: number } }
  | { page: "new"; scenario?: string }
  | { page: "rehearse" }
  | { page: "console"; code: string }
  | { page: "class"; code: string }
  | { page: "newclass"; scenario?: string }
  | { page: "wall"; code: string }
  | { page: "debrief"; code: string }
  | { page: "check" }
  | { page: "networks"; code?: string }
  | { page: "rules"; code?: string }
  | { page: "lesson"; scenario: string; slides: boolean; seats: number }
  | { page: "print"; code: string; what: Printed }
  | { page: "rejoin"; code: string; token: string; chair?: "host" };

const OWN = "me";
const NOWHERE: Route = { page: "nowhere" }; // an address that somebody has mangled, or that there is no page for

export function parse(fragment: string): Route {
  const [kind = "", code = "", rest = "", sheet = "", about = ""] = fragment
    .replace(/^#?\/?/, "")
    .split("/")
    .map(plain);
  const room = normalCode(code);
  switch (kind) {
    case "j":
      return atDoor(room, rest, sheet);
    case "p":
      return room ? inSeat(room, rest, sheet, about) : NOWHERE;
    case "c":
      if (code === "new" || !room) return { page: "new", ...(name(rest) ? { scenario: rest } : {}) };
      return rest ? { page: "rejoin", code: room, token: rest, chair: "host" } : { page: "console", code: room };
    case "class":
      if (code === "new" || !room) return { page: "newclass", ...(name(rest) ? { scenario: rest } : {}) };
      return rest ? { page: "rejoin", code: room, token: rest, chair: "host" } : { page: "class", code: room };
    case "s":
      return room ? { page: "wall", code: room } : NOWHERE;
    case "r":
      return room && rest ? { page: "rejoin", code: room, token: rest } : NOWHERE;
    case "d":
      return room ? { page: "debrief", code: room } : NOWHERE;
    case "rehearse":
      return { page: "rehearse" };
    case "check":
      return { page: "check" };
    case "networks":
    case "rules":
      return room ? { page: kind, code: room } : { page: kind };
    case "lesson":
      return { page: "lesson", scenario: name(code), slides: rest === "slides", seats: Number(rest) || 0 };
    case "print":
      return room ? { page: "print", code: room, what: PRINTED.find((what) => what === rest) ?? "sheet" } : NOWHERE;
    case "":
      return { page: "home" };
    default:
      return NOWHERE;
  }
}

/** Return the door of a room; of a class it may be one's own, by a code of one's own or by what this device knows. */
function atDoor(code: string, pass: string, own: string): Route {
  if (pass === OWN) return { page: "join", code, own: true, ...(own ? { pass: own } : {}) };
  return { page: "join", code, ...(pass ? { pass } : {}) };
}

/** Return the name of a scenario as it stands in an address; nothing where it is none. */
function name(piece: string): string {
  return /^[a-z_]*$/.test(piece) ? piece : "";
}

/** Return the page of a seat, on one of its tabs, with a sheet open where the address names one, about somebody. */
function inSeat(code: string, named: string, sheet: string, about: string): Route {
  const tab = TABS.find((each) => each === named) ?? "now";
  const isOpen = /^~[a-z]+$/.test(sheet) && /^\d+$/.test(about);
  return { page: "play", code, tab, ...(isOpen ? { sheet: { name: sheet.slice(1), about: Number(about) } } : {}) };
}

/** A piece of an address as it was meant; what somebody has mangled stays as it is. */
function plain(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** Return a code as it was typed, in capitals: full-width letters of a Chinese keyboard become plain ones. */
export function inCapitals(typed: string): string {
  return typed.normalize("NFKC").toUpperCase();
}

/** Return a code as the server writes it. */
export function normalCode(typed: string): string {
  return inCapitals(typed).replace(/[^A-Z0-9]/g, "");
}

export const route = signal<Route>(parse(location.hash));

export function follow(): () => void {
  const look = (): void => {
    route.value = parse(location.hash);
  };
  window.addEventListener("hashchange", look);
  return () => window.removeEventListener("hashchange", look);
}

export function go(fragment: string, replace = false): void {
  if (replace) {
    history.replaceState(history.state, "", `#/${fragment}`);
    route.value = parse(location.hash);
  } else {
    location.hash = `#/${fragment}`;
  }
}

export function link(fragment: string): string {
  return `${location.origin}${location.pathname}#/${fragment}`;
}
