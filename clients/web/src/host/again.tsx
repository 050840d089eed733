// Again: a new room for the same people with the same clocks and lesson, where each has the own name and face; phones
// and wall of this one are led there. It asks once; where the next room is there already, it leads there. A table of a
// class is led nowhere: the class opens its next game.
import { useRef, useState } from "preact/hooks";
import { keep } from "../connection";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { Options } from "../parts/controls/options";
import { Confirm } from "../parts/controls/sheet";
import { chosenOf } from "../parts/results/chosen_rules";
import type { CreateFrame, Failure } from "../protocol/frames";
import { newId } from "../protocol/outbox";
import { go, link } from "../route";
import { useRoom } from "../store/context";
import { held } from "../store/kept/held_seats";
import { Room } from "../store/room";
import { t, tn } from "../texts";
import { outcome } from "./create/open_room";
import { FIRST_WISH, type WishedDates } from "./create/room_wish";
import { forkAddress } from "./fork_address";
import { type Dealing, dealt, keptFor } from "./next_deal";

interface HostPiece {
  scale?: number;
  lesson?: number;
  dates?: WishedDates & { readonly zone: string };
  questions_off?: boolean;
}

/** Return the frame that asks for a room like this one: its scenario, its seats by role, and how it is played. */
export function frameLike({ view, game }: Pick<Room, "view" | "game">, how: Dealing): CreateFrame {
  const facts = view.pieces("room") as { readonly [name: string]: unknown };
  const { scale, lesson, dates, questions_off } = (view.hand["host"] ?? {}) as HostPiece;
  const chosen = chosenOf({ view });
  const seats = [...view.all("seat")].sort((one, other) => one.id - other.id);
  return {
    type: "create",
    scenario: game.value.scenario ?? FIRST_WISH.scenario,
    options: {
      roles: seats.map(({ role }) => role),
      language: String(facts["language"] ?? "en"),
      pace: facts["pace"] ?? "self",
      bots: facts["bots"] ?? "normal",
      ...(scale === undefined ? {} : { timers: { scale } }),
      ...(lesson ? { lesson } : {}),
      ...(dates ? { dates } : {}),
      ...(questions_off ? { questions: false } : {}),
      dealt: "proportion",
      ...(facts["stand_in"] ? { stand_in: facts["stand_in"] } : {}),
      ...(facts["pseudonyms"] ? { pseudonyms: true } : {}),
      ...(facts["consent"] ? { consent: true, consent_text: facts["consent_text"] ?? "" } : {}),
      ...(facts["screened"] ? { screened: facts["screened"] } : {}),
      ...(facts["rehearsal"] ? { rehearsal: true } : {}),
      ...(chosen.length > 0 ? { choices: chosen.map(({ name }) => name) } : {}),
      ...(facts["teams"] ? { teams: true } : keptFor(dealt(seats, how))),
    },
    id: newId(),
  } as CreateFrame;
}

const HOW: readonly Dealing[] = ["anew", "same"];

/** The next room, as it is asked for: pressed again after a lost link it is the same one. */
interface Wanted {
  how: Dealing;
  frame: CreateFrame;
}

/** Open the next room, lead everybody there and go to its console; or say why that can't be. */
function useAgain(how: Dealing) {
  const room = useRoom();
  const [refused, setRefused] = useState<Failure>();
  const wanted = useRef<Wanted | undefined>(undefined);
  const isBusy = useRef(false);
  const again = async (): Promise<boolean> => {
    if (isBusy.current) return false;
    isBusy.current = true;
    setRefused(undefined);
    if (wanted.current?.how !== how) wanted.current = { how, frame: frameLike(room, how) };
    const failure = await openNext(room, wanted.current.frame);
    isBusy.current = false;
    setRefused(failure);
    return !failure;
  };
  return { again, refused };
}

async function openNext(room: Room, frame: CreateFrame): Promise<Failure | undefined> {
  const next = new Room(frame).open();
  const ending = await outcome(next);
  const code = next.code.peek();
  const failure = ending ?? (await room.send("host.next", { room: code })).error;
  if (failure) {
    next.close();
    return failure;
  }
  keep("host", next);
  go(`c/${code}`);
  return undefined;
}

/** What will happen, asked once. A class wants to see the other side: roles are dealt anew unless the host says no. */
function AskAgain({ onClose }: { onClose: () => void }) {
  const { view } = useRoom();
  const [how, setHow] = useState<Dealing>("anew");
  const { again, refused } = useAgain(how);
  const seats = view.all("seat");
  const people = seats.filter(({ name }) => name).length;
  const free = seats.length - people;
  return (
    <Confirm
      title={t("ui.host.again.title")}
      text={t("ui.host.again.what")}
      act={t("ui.host.again.open")}
      onClose={onClose}
      onAct={again}
    >
      <p>
        {tn("ui.host.again.kept", people)} {free > 0 ? tn("ui.host.again.free", free) : null}
      </p>
      {view.pieces("room")["teams"] ? null : (
        <Options
          label={t("ui.host.again.roles")}
          options={HOW.map((value) => ({ value, label: t(`ui.host.again.${value}`) }))}
          value={how}
          onChange={setHow}
        />
      )}
      <Complaint failure={refused} />
    </Confirm>
  );
}

/** At a table of a class the next game is opened on the class's page: a room beside it would take everybody out. */
function OnTheClassPage({ code }: { code: string }) {
  return (
    <div class="stack tight">
      <p class="meta">{t("ui.host.again.of_class", { code })}</p>
      {held("host", code) ? (
        <div class="row">
          <a class="button ink" href={link(`class/${code}`)}>
            {t("ui.host.again.to_class")}
          </a>
        </div>
      ) : null}
    </div>
  );
}

export function Again() {
  const { view } = useRoom();
  const { class: ofClass = "" } = view.pieces("room") as { class?: string };
  return ofClass ? <OnTheClassPage code={ofClass} /> : <NextRoom />;
}

interface Next {
  next?: string;
  next_fork?: boolean;
}

function NextRoom() {
  const room = useRoom();
  const [asks, setAsks] = useState(false);
  const { next = "", next_fork } = room.view.pieces("room") as Next;
  return (
    <div class="stack tight">
      <div class="row">
        {next ? (
          <Button look="ink" onClick={() => go(next_fork ? forkAddress(room, next) : `c/${next}`)}>
            {t("ui.host.again.there", { code: next })}
          </Button>
        ) : (
          <Button look="ink" onClick={() => setAsks(true)}>
            {t("ui.host.again")}
          </Button>
        )}
        <Button onClick={() => go("c/new")}>{t("ui.host.new")}</Button>
      </div>
      {next ? <p class="meta">{t("ui.host.again.there.text")}</p> : null}
      {asks && !next ? <AskAgain onClose={() => setAsks(false)} /> : null}
    </div>
  );
}
