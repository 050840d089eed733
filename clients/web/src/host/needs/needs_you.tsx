// The few lines that say who needs the teacher now, each with one answer.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Token } from "../../parts/pictures/tokens";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { ventureName, wholeName } from "../../store/names";
import type { Room } from "../../store/room";
import { t, tn } from "../../texts";
import { useSelection } from "../selection";
import { FirstFew } from "./first_few";
import { WaitingNames, waitingNames } from "./kept_names";
import { type Need, needsOf } from "./needs";
import { LostAndAsking, lostIn, questionsOf } from "./questions";

const MORE_S = 60;

export function NeedsYou() {
  const room = useRoom();
  const all = needsOf(room);
  return (
    <section class="needs" aria-labelledby="needs-heading">
      <h2 id="needs-heading">{t("ui.host.needs")}</h2>
      <WaitingNames />
      <LostAndAsking />
      {all.length === 0 && isQuiet(room) ? <p class="meta">{t("ui.host.needs.none")}</p> : null}
      <FirstFew lines={all.map((need) => <Line key={`${need.kind} ${need.seat.id}`} need={need} />)} />
    </section>
  );
}

/** Return whether nobody has said anything that waits for a host. */
function isQuiet({ view }: Room): boolean {
  return questionsOf(view).length === 0 && lostIn(view) === 0 && waitingNames(view).length === 0;
}

/** Return a need as a sentence, and what else there is to know of it. */
function wordsOf(room: Room, { kind, seat, n }: Need): { sentence: string; detail: string } {
  const name = wholeName(room.view, seat.id);
  const sentence = t(`ui.host.needs.${kind}`, { name });
  if (kind === "away") {
    const bot = seat.by === "bot" ? t("ui.host.needs.away.bot") : t("ui.host.needs.away.nobody");
    return { sentence, detail: `${tn("ui.host.seen", n)} · ${bot}` };
  }
  if (kind === "missed") {
    const venture = ventureName(room.view, room.view.find("maker", seat.id)?.venture ?? 0);
    return { sentence, detail: tn("ui.host.needs.missed.n", n, { venture }) };
  }
  if (kind === "idle" || kind === "refused") return { sentence, detail: tn(`ui.host.needs.${kind}.n`, n) };
  if (kind === "alone") return { sentence, detail: t("ui.host.needs.alone.what") };
  return { sentence, detail: kind === "poor" ? tn("ui.host.needs.poor.n", n) : "" };
}

function Line({ need }: { need: Need }) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const { sentence, detail } = wordsOf(room, need);
  return (
    <li>
      <Token seat={need.seat.id} />
      <span class="what">
        <b>{sentence}</b>
        <span class="meta">{detail}</span>
        <Complaint failure={failure} />
      </span>
      <Answer
        need={need}
        send={async (name, args) => setFailure((await room.send(name, { seat: need.seat.id, ...args })).error)}
      />
    </li>
  );
}

interface AnswerProps {
  need: Need;
  send: (name: string, args: Args) => Promise<void>;
}

/** The one answer: what is asked for where it can be given here, else a look at the seat. */
function Answer({ need: { kind, seat }, send }: AnswerProps) {
  const room = useRoom();
  const selection = useSelection();
  if (kind === "help") {
    const words = t("ui.host.coming.said");
    return <Button onClick={() => send("host.message", { text: words })}>{t("ui.host.coming")}</Button>;
  }
  if (kind === "time" && room.command("host.extend")) {
    const label = t("ui.host.extend", { seconds: MORE_S });
    return <Button onClick={() => send("host.extend", { seconds: MORE_S })}>{label}</Button>;
  }
  if (kind === "away" && seat.by !== "bot" && room.command("host.seat"))
    return <Button onClick={() => send("host.seat", { bot: true })}>{t("ui.host.bot.in")}</Button>;
  const see = (): void => {
    selection.seat.value = seat.id;
    selection.row.value = seat.id;
  };
  return (
    <Button label={t("ui.host.needs.see.of", { name: wholeName(room.view, seat.id) })} onClick={see}>
      {t("ui.host.needs.see")}
    </Button>
  );
}
