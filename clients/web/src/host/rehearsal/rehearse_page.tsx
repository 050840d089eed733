// Before a rehearsal: what it is, how long it takes, and one press that opens its room.
import { useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { MainButton } from "../../parts/controls/button";
import { TextField } from "../../parts/controls/text_field";
import { Unreachable } from "../../parts/page/unreachable";
import { TopLine } from "../../parts/page/wordmark";
import { language } from "../../prefs";
import type { CreateFrame } from "../../protocol/frames";
import { newId } from "../../protocol/outbox";
import { t } from "../../texts";
import { frameOf, useRoomOpening } from "../create/open_room";
import { FIRST_WISH, type RoomWish } from "../create/room_wish";
import { forgetProgress } from "./progress";
import "../host.css";

const SEATS = 6;
const SLOWLY = 300; // per cent of the clocks: there is time to read

/** What a rehearsal's room is: short, slow, with bots, and a phase closes by its clock or the host alone. */
const WISH = { ...FIRST_WISH, scenario: "quickstart", people: SEATS, scale: SLOWLY, closes: "clock" } as const;

/** Return the frame that asks for a rehearsal. */
export function rehearsalFrame(wish: RoomWish, id: string): CreateFrame {
  const frame = frameOf(wish, undefined, id);
  return { ...frame, options: { ...frame.options, rehearsal: true } };
}

export function RehearsePage() {
  const { waiting, again, refused, open } = useRoomOpening();
  const [key, setKey] = useState("");
  const id = useRef(newId());
  const begin = async (): Promise<void> => {
    const wish: RoomWish = { ...WISH, language: language.value, key };
    forgetProgress();
    if (!waiting) await open(wish, rehearsalFrame(wish, id.current));
  };
  if (waiting && waiting.failures.value > 0) return <Unreachable room={waiting} />;
  if (again) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <main class="page stack">
      <TopLine />
      <h1 tabIndex={-1}>{t("lesson.rehearse.title")}</h1>
      <p>{t("lesson.rehearse.what")}</p>
      <p>{t("lesson.rehearse.how")}</p>
      <p class="meta">{t("lesson.rehearsal.removed")}</p>
      {key !== "" || refused?.code === "unauthorised" ? (
        <TextField label={t("ui.create.key")} value={key} onChange={setKey} />
      ) : null}
      <Complaint failure={refused} />
      <MainButton label={t("lesson.rehearse.begin")} onClick={begin} />
    </main>
  );
}
