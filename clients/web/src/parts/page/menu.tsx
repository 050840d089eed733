// The menu: language, theme, size of text, motion, another phone, a word to the host.
import { useState } from "preact/hooks";
import { LANGUAGES, language, singleKeys, size, sound, still, theme, traits } from "../../prefs";
import { go, link } from "../../route";
import { useRoom } from "../../store/context";
import { speak, t } from "../../texts";
import { Button } from "../controls/button";
import { useInSight } from "../controls/in_sight";
import { Options } from "../controls/options";
import { Confirm, Sheet } from "../controls/sheet";
import { Qr } from "../pictures/qr";
import { ForgetLater } from "./forget_later";
import { Later } from "./later";

export function LanguageSwitch({ short = false }: { short?: boolean }) {
  return (
    <Options
      label={t("ui.language")}
      unlabelled={short}
      options={LANGUAGES.map((value) => {
        const { tag, ...called } = traits(value);
        return { value, label: short ? called.short : called.name, lang: tag };
      })}
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
        label={t("ui.sound")}
        options={[false, true].map((value) => ({ value, label: t(value ? "ui.keys.on" : "ui.keys.off") }))}
        value={sound.value}
        onChange={(chosen) => (sound.value = chosen)}
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
        <Later load={() => import("./ask_host").then((chunk) => chunk.AskHost)} />
        <LookSettings />
        <OtherPhone />
        <ShareSeat />
        <Later load={() => import("./connect_thing").then((chunk) => chunk.ConnectThing)} />
        <Leave onClose={onClose} />
        <ForgetLater />
      </div>
    </Sheet>
  );
}

/** A code that the server gives for this alone, as a QR; the token itself never leaves this phone. */
function OtherPhone() {
  const room = useRoom();
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState("");
  const shown = useInSight(code);
  if (!room.command("rejoin_code")) return null;
  const ask = async (): Promise<void> => {
    const answer = await room.send("rejoin_code");
    setCode(String(answer.data?.["code"] ?? ""));
    setRefusal(answer.error?.message ?? "");
  };
  return (
    <div class="field">
      <Button onClick={() => (code ? setCode("") : ask())}>{t("ui.other_phone")}</Button>
      {refusal ? <p class="complaint">{refusal}</p> : null}
      {code ? (
        <div ref={shown}>
          <p class="meta">{t("ui.other_phone.text")}</p>
          <Qr text={link(`r/${room.code.value}/${code}`)} size={240} />
        </div>
      ) : null}
    </div>
  );
}

function ShareSeat() {
  if (!useRoom().command("seat_pass")) return null;
  return <Later load={() => import("./seat_pass").then((chunk) => () => <chunk.SeatPass />)} />;
}

function Leave({ onClose }: { onClose: () => void }) {
  const [asking, setAsking] = useState(false);
  const leave = (): void => {
    onClose();
    go("");
  };
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t("ui.leave")}
      </Button>
      {asking ? (
        <Confirm
          title={t("ui.leave")}
          text={t("ui.leave.text")}
          act={t("ui.leave.do")}
          onClose={() => setAsking(false)}
          onAct={leave}
        />
      ) : null}
    </>
  );
}
