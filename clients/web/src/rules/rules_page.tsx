// The rules on one page, without a room: what it is about, who plays, the way of a season, the words, and how it ends.

import { Button } from "../parts/controls/button";
import { Manual } from "../parts/page/manual";
import { TopLine } from "../parts/page/wordmark";
import { go, route } from "../route";
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
      <div class="row">
        <Button look="ink" onClick={() => go(code ? `j/${code}` : "")}>
          {t("ui.join")}
        </Button>
      </div>
    </main>
  );
}
