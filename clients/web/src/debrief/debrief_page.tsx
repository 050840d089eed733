// The debrief on a phone: the own story first, then whatever the host shows, or wherever one wanders.

import { useEffect } from "preact/hooks";
import { QuestionCards } from "../parts/answers/question_cards";
import { Button } from "../parts/controls/button";
import { IconButton } from "../parts/controls/icon_button";
import { Ended } from "../parts/page/ended";
import { NoticePage } from "../parts/page/notice_page";
import { Opening } from "../parts/page/unreachable";
import { ChosenRules } from "../parts/results/chosen_rules";
import { DebriefView } from "../parts/results/debrief_view";
import { REPLAY, shownOf } from "../parts/results/scenes";
import { go } from "../route";
import { useRoom } from "../store/context";
import { held } from "../store/kept/held_seats";
import type { Room } from "../store/room";
import { t } from "../texts";
import { OwnPage } from "./own_page";

export function DebriefPage() {
  const room = useRoom();
  useLedReplay(room);
  if (room.ending.value) return <Ended />;
  if (!room.you.value) return <Opening />;
  if (room.game.value.status !== "over") return <NotYet code={room.code.value} />;
  return (
    <main class="page stack">
      <h1 tabIndex={-1}>{t("ui.debrief.question")}</h1>
      <ChosenRules />
      <DebriefView
        follow
        back={<IconButton icon="back" label={t("ui.debrief.back")} onClick={() => go(`p/${room.code.value}/now`)} />}
      />
      <QuestionCards />
      <OwnPage />
    </main>
  );
}

/** When the host begins to lead through the game again, a seat goes to its own screen of then. */
function useLedReplay(room: Room): void {
  const isLed = shownOf(room.view).scene === REPLAY && room.you.value?.kind === "seat";
  useEffect(() => {
    if (isLed) go(`p/${room.code.value}/now`);
  }, [isLed]);
}

/** The game still plays, or has not begun: back to the seat, or to one, or to the wall. */
function NotYet({ code }: { code: string }) {
  const seated = held("seat", code) !== undefined;
  return (
    <NoticePage about="debrief_later" symbol="recap" values={{ code }}>
      <Button look="main" onClick={() => go(seated ? `p/${code}/now` : `j/${code}`)}>
        {seated ? t("ui.join.back", { code, name: "" }) : t("ui.join.take")}
      </Button>
      <Button onClick={() => go(`s/${code}`)}>{t("ui.watch")}</Button>
    </NoticePage>
  );
}
