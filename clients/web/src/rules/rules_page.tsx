// The rules on one page, without a seat: what it is about, who plays, the way of a season, the words, how points are
// made, and where one has come from a room, what it gives points for.

import { useMemo } from "preact/hooks";
import { enter } from "../connection";
import { Button } from "../parts/controls/button";
import { Manual } from "../parts/page/manual";
import { PointsHere } from "../parts/page/points";
import { TopLine } from "../parts/page/wordmark";
import { go, route } from "../route";
import { RoomContext } from "../store/context";
import { t } from "../texts";
import "../parts/page/plain_pages.css";

export function RulesPage() {
  const at = route.value;
  const code = at.page === "rules" ? at.code : undefined; // of the room that one has come from
  return (
    <main class="page stack manual">
      <TopLine />
      <h1 tabIndex={-1}>{t("ui.rules")}</h1>
      <p>{t("ui.manual.about")}</p>
      <Manual />
      {code ? <PointsOf code={code} /> : null}
      <div class="row">
        <Button look="ink" onClick={() => go(code ? `j/${code}` : "")}>
          {t("ui.join")}
        </Button>
      </div>
    </main>
  );
}

/** What the room gives points for, as whoever looks on is told; without the room the rules stand all the same. */
function PointsOf({ code }: { code: string }) {
  const room = useMemo(() => enter("watch", code), [code]);
  return room ? (
    <RoomContext.Provider value={room}>
      <PointsHere />
    </RoomContext.Provider>
  ) : null;
}
