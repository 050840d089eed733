// Who comes into a game that runs reads first who they are: face, role, and that they go on from where it stands.
import { MainButton } from "../../parts/controls/button";
import { willAskAgain } from "../../parts/controls/focus";
import { t } from "../../texts";
import { Aims } from "../tabs/aims";
import { OwnFace, RoleSheet } from "./lobby";

export function WhoIAm({ onRead }: { onRead: () => void }) {
  return (
    <div class="now">
      <h1 tabIndex={-1}>{t("ui.lobby.late.hello")}</h1>
      <OwnFace />
      <p class="note">{t("ui.lobby.late")}</p>
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
