// What people are called in a new room, and which of their names wait for the host before others read them.
import { Options } from "../../parts/controls/options";
import { t } from "../../texts";
import { type RoomWish, SCREENED } from "./room_wish";

export function Called({ wish, onChange }: { wish: RoomWish; onChange: (part: Partial<RoomWish>) => void }) {
  return (
    <>
      <Options
        label={t("ui.create.names")}
        options={[false, true].map((value) => ({ value, label: t(`ui.create.names.${value ? "made" : "own"}`) }))}
        value={wish.pseudonyms ?? false}
        onChange={(pseudonyms) => onChange({ pseudonyms })}
      />
      <p class="meta">{t("ui.create.names.note")}</p>
      <Options
        label={t("ui.create.screened")}
        options={SCREENED.map((value) => ({ value, label: t(`ui.create.screened.${value}`) }))}
        value={wish.screened ?? "none"}
        onChange={(screened) => onChange({ screened })}
      />
      <p class="meta">{t("ui.create.screened.note")}</p>
      <AskConsent wish={wish} onChange={onChange} />
    </>
  );
}

const LONGEST = 1200; // as the server has it

function AskConsent({ wish, onChange }: { wish: RoomWish; onChange: (part: Partial<RoomWish>) => void }) {
  return (
    <>
      <Options
        label={t("ui.create.consent")}
        options={[false, true].map((value) => ({ value, label: t(`ui.create.consent.${value ? "yes" : "no"}`) }))}
        value={wish.consent ?? false}
        onChange={(consent) => onChange({ consent })}
      />
      <p class="meta">{t("ui.create.consent.note")}</p>
      {wish.consent ? (
        <div class="field">
          <label>
            {t("ui.create.consent.text")}
            <textarea
              rows={4}
              maxLength={LONGEST}
              value={wish.consentText ?? ""}
              onInput={(event) => onChange({ consentText: event.currentTarget.value })}
            />
          </label>
        </div>
      ) : null}
    </>
  );
}
