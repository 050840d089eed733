// Make a room: which scenario, how many people, at what pace. The server seats them and answers with the room.
import { useRef, useState } from "preact/hooks";
import { Button, MainButton } from "../parts/button";
import { Card, Chosen } from "../parts/card";
import { Options } from "../parts/options";
import { Stepper } from "../parts/stepper";
import { language } from "../prefs";
import type { CreateFrame } from "../protocol/frames";
import { newId } from "../protocol/ids";
import { TextField, Wordmark } from "../join/home";
import { keep } from "../rooms";
import { go } from "../route";
import { LanguageSwitch } from "../seat/menu";
import { Room } from "../store/room";
import { t } from "../texts";
import "../styles/host.css";

const SCENARIOS = ["classroom", "quickstart", "rivals", "mechanisms", "training", "counter"];
const PACES = [100, 150, 200, 0];
const MOST_SEATS = 500; // what the protocol lets a room ask for

interface Wish {
  scenario: string;
  seats: number;
  pace: number;
  practice: boolean;
  key: string;
}

export function CreatePage() {
  const [wish, setWish] = useState<Wish>({ scenario: "classroom", seats: 12, pace: 100, practice: false, key: "" });
  const [complaint, setComplaint] = useState("");
  const [needsKey, setNeedsKey] = useState(false);
  const intention = useRef(newId());
  const change = (part: Partial<Wish>): void => {
    intention.current = newId();
    setWish({ ...wish, ...part });
  };
  const create = async (): Promise<void> => {
    const refused = await openRoom(wish, intention.current);
    if (!refused) return;
    setNeedsKey(needsKey || refused.code === "unauthorised");
    setComplaint(refused.message || t("ui.ended"));
  };
  return (
    <main class="page stack">
      <Wordmark />
      <h1 tabIndex={-1}>{t("ui.create")}</h1>
      <div class="cards" role="group" aria-label={t("ui.create.scenario")}>
        {SCENARIOS.map((scenario) => (
          <Card key={scenario} chosen={scenario === wish.scenario} onChoose={() => change({ scenario })}>
            <span class="head">
              <span class="name">{t(`scenario.${scenario}`)}</span>
              <Chosen on={scenario === wish.scenario} />
            </span>
            <span class="meta">{t(`scenario.${scenario}.blurb`)}</span>
          </Card>
        ))}
      </div>
      <Stepper label={t("ui.create.seats")} value={wish.seats} min={1} max={MOST_SEATS} onChange={(seats) => change({ seats })} />
      <p class="meta">{t("ui.create.seats.note")}</p>
      <Options
        label={t("ui.create.pace")}
        options={PACES.map((value) => ({ value, label: t(`ui.create.pace.${value}`) }))}
        value={wish.pace}
        onChange={(pace) => change({ pace })}
      />
      <Options
        label={t("ui.create.practice")}
        options={[false, true].map((value) => ({ value, label: t(`ui.create.practice.${value ? "yes" : "no"}`) }))}
        value={wish.practice}
        onChange={(practice) => change({ practice })}
      />
      {needsKey ? <TextField label={t("ui.create.key")} value={wish.key} onChange={(key) => change({ key })} /> : null}
      {complaint ? (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      ) : null}
      <MainButton label={t("ui.create.open")} onClick={create} />
      <LanguageSwitch />
      <Button look="quiet" onClick={() => go("")}>
        {t("ui.join")}
      </Button>
    </main>
  );
}

function openRoom(wish: Wish, id: string): Promise<{ code: string; message: string } | undefined> {
  const frame: CreateFrame = {
    type: "create",
    scenario: wish.scenario,
    options: { seats: wish.seats, language: language.value, timers: { scale: wish.pace }, ...(wish.practice ? { practice: true } : {}) },
    id,
    ...(wish.key ? { key: wish.key } : {}),
  };
  const room = new Room(frame).open();
  return new Promise((settle) => {
    const stops = [
      room.you.subscribe((you) => {
        if (!you) return;
        keep("host", room);
        finish(undefined);
        go(`c/${room.code.value}`);
      }),
      room.ending.subscribe((ending) => ending && finish(ending)),
    ];
    function finish(refused: { code: string; message: string } | undefined): void {
      queueMicrotask(() => stops.forEach((stop) => stop()));
      settle(refused);
    }
  });
}
