// The slower way, for a link whose sockets fail: it is taken for one attempt, and said once a page. When it is lost, or
// does not come through either, a socket is tried again first.
import { say } from "../parts/page/live_regions";
import type { Link } from "../protocol/socket";
import { need, t } from "../texts";
import { Carried } from "./carried";
import "./slower.css";

const REST_MS = 4000; // between two attempts of one link; the socket has its turn meanwhile
const SHOWN_MS = 10_000;

const tried = new WeakMap<Link, number>();
let isSaid = false;

/** Have a link come back by events and posts, now. */
export function carry(link: Link): void {
  if (performance.now() - (tried.get(link) ?? -REST_MS) < REST_MS) return;
  link.by = (url) => {
    link.by = undefined;
    tried.set(link, performance.now());
    return new Carried(url, () => void sayOnce()) as unknown as WebSocket;
  };
  link.hurry();
}

async function sayOnce(): Promise<void> {
  if (isSaid) return;
  isSaid = true;
  await need("pages");
  const sentence = t("ui.check.slower");
  say(sentence, "link");
  const notice = document.createElement("p");
  notice.className = "slower";
  notice.ariaHidden = "true"; // it is read aloud by itself
  notice.textContent = sentence;
  document.body.append(notice);
  setTimeout(() => notice.remove(), SHOWN_MS);
}
