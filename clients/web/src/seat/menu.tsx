// The menu: language, theme, size of text, motion, another phone, a word to the host.
import { useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Options } from "../parts/options";
import { Qr } from "../parts/qr";
import { Sheet } from "../parts/sheet";
import { language, singleKeys, size, still, theme } from "../prefs";
import { go, link } from "../route";
import { useRoom } from "../store/context";
import { optionsOf } from "../store/legal";
import { held } from "../store/seats";
import { speak, t } from "../texts";

export function LanguageSwitch({ short = false }: { short?: boolean }) {
  return (
    <Options
      label={t("ui.language")}
      unlabelled={short}
      options={[
        { value: "en" as const, label: short ? "EN" : "English" },
        { value: "zh" as const, label: short ? "中" : "中文" },
      ]}
      value={language.value}
      onChange={(lang) => void speak(lang)}
    />
  );
}

const SIZES = [100, 115, 130];

export function LookSettings() {
  return (
    <>
      <LanguageSwitch />
      <Options
        label={t("ui.theme")}
        options={(["system", "light", "dark"] as const).map((value) => ({ value, label: t(`ui.theme.${value}`) }))}
        value={theme.value}
        onChange={(chosen) => (theme.value = chosen)}
      />
      <Options
        label={t("ui.text_size")}
        options={SIZES.map((value) => ({ value, label: `${value}%` }))}
        value={size.value}
        onChange={(chosen) => (size.value = chosen)}
      />
      <Options
        label={t("ui.keys")}
        options={[true, false].map((value) => ({ value, label: t(value ? "ui.keys.on" : "ui.keys.off") }))}
        value={singleKeys.value}
        onChange={(chosen) => (singleKeys.value = chosen)}
      />
      <Options
        label={t("ui.motion")}
        options={[
          { value: false, label: t("ui.motion.on") },
          { value: true, label: t("ui.motion.off") },
        ]}
        value={still.value}
        onChange={(chosen) => (still.value = chosen)}
      />
    </>
  );
}

export function Menu({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t("ui.menu")} onClose={onClose}>
      <div class="stack">
        <AskHost />
        <LookSettings />
        <OtherPhone />
        <Button look="quiet" onClick={() => (onClose(), go(""))}>
          {t("ui.leave")}
        </Button>
        <p class="meta">{t("ui.leave.text")}</p>
      </div>
    </Sheet>
  );
}

function AskHost() {
  const room = useRoom();
  const [asked, setAsked] = useState<string>();
  const what = optionsOf(room.command("ask"), "what", room.view.hand);
  const ask = async (wish: string): Promise<void> => {
    const answer = await room.send("ask", { what: wish });
    setAsked(answer.ok ? t(wish === "time" ? "ui.asked.time" : "ui.asked") : (answer.error?.message ?? ""));
  };
  if (what.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>{t("ui.ask_host")}</legend>
      <div class="options">
        {what.map((wish) => (
          <Button key={wish} onClick={() => ask(String(wish))}>
            {t(`choice.${wish}`)}
          </Button>
        ))}
      </div>
      {asked ? (
        <p class="meta" role="status">
          {asked}
        </p>
      ) : null}
    </fieldset>
  );
}

function OtherPhone() {
  const { code } = useRoom();
  const [shown, setShown] = useState(false);
  const token = held("seat", code.value)?.token;
  if (!token) return null;
  return (
    <div class="field">
      <Button onClick={() => setShown(!shown)}>{t("ui.other_phone")}</Button>
      {shown ? (
        <>
          <p class="meta">{t("ui.other_phone.text")}</p>
          <Qr text={link(`r/${code.value}/${token}`)} size={240} />
        </>
      ) : null}
    </div>
  );
}
