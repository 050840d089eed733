// A seat's four tabs while the game is played. They come in a chunk of their own, while people wait in the lobby.

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fetchOrReload } from "../../parts/page/fetch_or_reload";
import { Later } from "../../parts/page/later";
import { TermSheet } from "../../parts/words/term";
import { WordsHere } from "../../parts/words/words_here";
import type { Tab } from "../../route";
import { useRoom } from "../../store/context";
import { Purse } from "../around/purse";
import { useReadAloud } from "../around/read_aloud";
import { replayAt } from "../around/replay_place";
import { useOwnStory } from "../moments/moments";
import { screensOf } from "../phases/screens";
import { useAskAsMeant } from "../phases/start_over";
import { MineTab } from "./mine_tab";
import { Now } from "./now";
import { RulesTab } from "./rules_tab";
import { TableTab } from "./table_tab";
import "../on_its_side.css";

export function Play({ tab }: { tab: Tab }) {
  useReadAloud();
  useOwnStory();
  useAskAsMeant();
  const room = useRoom();
  const replay = replayAt(room);
  const Mine = screensOf(room.role.value) ? MineTab : Nothing; // the words of one's story come with the screens
  const page = tab === "now" ? <Now /> : tab === "table" ? <TableTab /> : tab === "mine" ? <Mine /> : <RulesTab />;
  return (
    <>
      {replay ? (
        <Replay {...replay} isShut={tab === "now"} page={tab === "now" ? [<Purse key="purse" />, page] : page} />
      ) : (
        page
      )}
      {tab === "now" ? null : <WordsHere />}
      <TermSheet />
      {room.away.value ? <Later load={() => import("../around/away").then((chunk) => chunk.Away)} /> : null}
      {room.diverged.value ? <Later load={() => import("../around/diverged").then((chunk) => chunk.Diverged)} /> : null}
    </>
  );
}

function Nothing() {
  return null;
}

type Replayed = typeof import("../replay/replay_page")["ReplayPage"];

/** The game seen again, in a chunk of its own. */
function Replay(place: Omit<Parameters<Replayed>[0], "table">) {
  const [Page, setPage] = useState<FunctionComponent<Parameters<Replayed>[0]>>();
  useEffect(() => {
    const fetchIt = (): Promise<void> =>
      import("../replay/replay_page").then((chunk) => setPage(() => chunk.ReplayPage));
    void fetchOrReload(fetchIt);
  }, []);
  return Page ? <Page {...place} table={<TableTab />} /> : null;
}
