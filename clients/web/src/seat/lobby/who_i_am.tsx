// Who comes into a game that runs reads first who they are: face, role, and that a bot has played until now.
import { MainButton } from "../../parts/controls/button";
import { willAskAgain } from "../../parts/controls/focus";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { inARow } from "../../texts/numbers";
import { Aims } from "../tabs/aims";
import { OwnFace, RoleSheet } from "./lobby";

export function WhoIAm({ onRead }: { onRead: () => void }) {
  const botPlays = useRoom().view.pieces("room")["stand_in"] !== "never";
  return (
    <div class="now">
      <h1 tabIndex={-1}>{t("ui.lobby.late.hello")}</h1>
      <OwnFace />
      <p class="note">{inARow([t("ui.lobby.late"), botPlays ? t("ui.lobby.late.bot") : ""])}</p>
      <RoleSheet />
      <Aims />
      <div class="foot">
        <MainButton
          label={t("ui.got_it")}
          onClick={() => {
            willAskAgain(); // the question begins at its top, however far down one has read here
            onRead();
          }}
        />
      </div>
    </div>
  );
}
