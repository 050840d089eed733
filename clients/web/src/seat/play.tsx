// A seat's four tabs while the game is played. They come in a chunk of their own, while people wait in the lobby.
import { useEffect, useRef } from "preact/hooks";
import { say } from "../parts/live";
import { useRoom } from "../store/context";
import { Away } from "./away";
import { isMine, SEEN_ROLLING, sentences } from "./happened";
import { MineTab } from "./mine_tab";
import { Now } from "./now";
import { RulesTab } from "./rules_tab";
import { useAskAsMeant } from "./start_over";
import { TableTab } from "./table_tab";
import type { Tab } from "../route";

export function Play({ tab }: { tab: Tab }) {
  useOwnLines();
  useAskAsMeant();
  return (
    <>
      {tab === "now" ? <Now /> : tab === "table" ? <TableTab /> : tab === "mine" ? <MineTab /> : <RulesTab />}
      <Away />
    </>
  );
}

const FROM_HOST = ["announced", "messaged"];

/** Read aloud what the host writes and what touches this seat; never what the others do. */
function useOwnLines(): void {
  const room = useRoom();
  const heard = useRef(room.lines.peek().at(-1)?.number ?? 0);
  const lines = room.lines.value;
  useEffect(() => {
    const fresh = sentences(room).filter((each) => each.number > heard.current && isMine(room, each.line));
    heard.current = lines.at(-1)?.number ?? heard.current;
    const fromHost = fresh.filter((each) => FROM_HOST.includes(each.line.text)).reverse();
    for (const each of fromHost) say(each.text, `host ${each.number}`);
    const own = fresh.find((each) => ![...FROM_HOST, ...SEEN_ROLLING].includes(each.line.text));
    if (own) say(own.text, "own");
  }, [lines]);
}
