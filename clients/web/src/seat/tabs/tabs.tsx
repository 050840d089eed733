// A seat's four tabs while the game is played. They come in a chunk of their own, while people wait in the lobby.

import { TermSheet } from "../../parts/words/term";
import { WordsHere } from "../../parts/words/words_here";
import type { Tab } from "../../route";
import { Away } from "../around/away";
import { Diverged } from "../around/diverged";
import { useReadAloud } from "../around/read_aloud";
import { useOwnStory } from "../moments/moments";
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
  return (
    <>
      {tab === "now" ? <Now /> : tab === "table" ? <TableTab /> : tab === "mine" ? <MineTab /> : <RulesTab />}
      {tab === "now" ? null : <WordsHere />}
      <TermSheet />
      <Away />
      <Diverged />
    </>
  );
}
