// Admission for makers: which idea, then whose door; or, with a venture, stay or move.
import { useEffect, useState } from "preact/hooks";
import { CommandForm, Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Confirm, Sheet } from "../../../parts/controls/sheet";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person, SectorTile } from "../../../parts/pictures/tokens";
import { Term } from "../../../parts/words/term";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import type { Idea, Space } from "../../../store/entities";
import { useKept } from "../../../store/kept/use_kept";
import { optionsOf } from "../../../store/legal";
import { ideaName, ideaPitch, seatName, spaceName, stageName, ventureName } from "../../../store/names";
import { isAlive, mine } from "../../../store/own_seat";
import type { Room } from "../../../store/room";
import { need, t } from "../../../texts";
import { about, percent } from "../../../texts/numbers";
import { Skills } from "../../question/about_people";
import { sealedArgs, useAct, useSealed } from "../../question/choices";
import { Consequence } from "../../question/consequence";
import { Screen } from "../../question/screen";
import { SectorDemand } from "../../tabs/demand";
import { MyVenture, range } from "../../tabs/mine_tab";
import { SpaceFacts } from "../../tabs/table_tab";
import { type Bounds, useOutlook } from "../outlook";

const HANDLED = ["keep_idea", "pitch", "ask_to_join", "answer_join", "leave_space", "close_venture", "leave_team"];

const UNFOUNDED = 0; // an idea is no venture yet

export function AdmissionMaker() {
  const room = useRoom();
  const { venture } = mine(room);
  const [step, setStep] = useKept<"idea" | "door">("step", "idea");
  if (venture || !room.command("keep_idea")) return <Stay />;
  return step === "idea" ? <Ideas onNext={() => setStep("door")} /> : <Doors onBack={() => setStep("idea")} />;
}

function Ideas({ onNext }: { onNext: () => void }) {
  const room = useRoom();
  const sealed = useSealed("keep_idea");
  const ideas = room.view.all("idea").filter((idea) => idea.seat === room.seat.value);
  const chosen = Number(sealed.value?.["card"] ?? 0);
  useEffect(() => void need("pitches"), []);
  const next = async (): Promise<boolean> => {
    if (!sealed.own && chosen) {
      sealed.set({ card: chosen });
      if (!(await room.drafts.sendAll())) return false;
    }
    onNext();
    return true;
  };
  return (
    <Screen
      question={t("question.admission.maker")}
      main={{ label: t("ui.choose_door"), act: next, stays: true, disabled: !chosen }}
      handled={HANDLED}
    >
      <div class="cards">
        {[...ideas]
          .sort((one, other) => one.number - other.number)
          .map((idea) => (
            <IdeaCard
              key={idea.card}
              idea={idea}
              chosen={idea.number === chosen}
              onChoose={() => sealed.set({ card: idea.number })}
            />
          ))}
      </div>
      <Complaint failure={sealed.failure} />
      <Asked />
    </Screen>
  );
}

function IdeaCard({ idea, chosen, onChoose }: { idea: Idea; chosen: boolean; onChoose: () => void }) {
  return (
    <Card teeth={2} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <SectorTile sector={idea.sector} />
        <span class="name">{ideaName(idea.card)}</span>
        <span class="number meta mono">#{idea.number}</span>
        <Chosen on={chosen} />
      </span>
      <span class="meta">{ideaPitch(idea.card)}</span>
      <span class="facts">
        <span>{t(`sector.${idea.sector}`)}</span>
        <span>
          <Term word="difficulty" /> <b class="mono">{idea.difficulty}</b>
        </span>
        <span>
          <Term word="appeal" /> <b class="mono">{range(idea.lo, idea.hi)}</b>
        </span>
        <SectorDemand name={idea.sector} />
      </span>
    </Card>
  );
}

function Doors({ onBack }: { onBack: () => void }) {
  const room = useRoom();
  const sealed = useSealed("pitch");
  const outlook = useOutlook();
  const spaces = doors(room).filter((option) => typeof option === "number");
  const only = spaces.length === 1 && spaces[0] !== undefined ? spaceName(room.view, spaces[0]) : "";
  return (
    <Screen
      question={t(only ? "question.admission.maker.door.one" : "question.admission.maker.door", { space: only })}
      main={{ label: knock(sealed.value) }}
      step="door"
      handled={HANDLED}
      consequence={isDoor(sealed.value) ? <Fit bounds={outlook(UNFOUNDED)} /> : undefined}
    >
      <Button look="quiet" onClick={onBack}>
        ‹ {t("question.admission.maker")}
      </Button>
      <DoorCards />
      <p class="meta">{t("ui.door.bar")}</p>
      <Complaint failure={sealed.failure} />
      <Join />
    </Screen>
  );
}

/** Return whether a pitch asks at a door; the garage has none. */
function isDoor(pitch: Args | undefined): boolean {
  return typeof pitch?.["space"] === "number";
}

function knock(pitch: Args | undefined): string {
  return t(pitch && !isDoor(pitch) ? "ui.knock.garage" : "ui.knock");
}

/** How a pitch compares with the bar of the door that is chosen, as far as its maker can know. */
function Fit({ bounds }: { bounds: Bounds | undefined }) {
  const [least, most, bar] = [bounds?.least["score"], bounds?.most["score"], bounds?.least["bar"]].map(Number);
  if (least === undefined || most === undefined || bar === undefined || Number.isNaN(least)) return null;
  const fit = least >= bar ? "likely" : most >= bar ? "close" : "unlikely";
  return <p class={bounds?.isOld ? "fit old" : "fit"}>{t(`ui.fit.${fit}`, { score: range(least, most), bar })}</p>;
}

/** Return where a pitch may ask: spaces by their numbers, and the garage. */
function doors(room: Room): readonly (number | string)[] {
  return optionsOf(room.command("pitch"), "space", room.view.hand);
}

function DoorCards() {
  const room = useRoom();
  const sealed = useSealed("pitch");
  const chosen = sealed.value?.["space"];
  return (
    <div class="cards">
      {doors(room).map((option) => (
        <Card key={option} teeth={3} chosen={option === chosen} onChoose={() => sealed.set({ space: option })}>
          <span class="head">
            <span class="name">{spaceName(room.view, option)}</span>
            <Chosen on={option === chosen} />
          </span>
          <Door option={option} />
        </Card>
      ))}
    </div>
  );
}

function Door({ option }: { option: number | string }) {
  const { view } = useRoom();
  const space: Space | undefined = view.find("space", option);
  if (!space) return <span class="meta">{t("garage.blurb")}</span>;
  const used = view.all("venture").filter((venture) => isAlive(venture) && venture.space === space.id).length;
  return (
    <>
      <span class="meta">{t("ui.space.run_by", { operator: seatName(view, space.id) })}</span>
      <SpaceFacts space={space} used={used} />
    </>
  );
}

/** The other way in: a place in somebody's team. */
function Join() {
  const room = useRoom();
  const [open, setOpen] = useState(false);
  const schema = room.command("ask_to_join");
  if (!schema) return null;
  return (
    <section class="stack tight">
      <Button onClick={() => setOpen(true)}>{t("ui.join_team")}</Button>
      <Asked />
      {open ? (
        <Sheet title={t("command.ask_to_join")} onClose={() => setOpen(false)}>
          <CommandForm command="ask_to_join" schema={schema} onDone={() => setOpen(false)} />
        </Sheet>
      ) : null}
    </section>
  );
}

/** Whose team has been asked, and what became of it. */
function Asked() {
  const room = useRoom();
  const asked = room.view
    .all("proposal")
    .filter((proposal) => proposal.what === "join" && proposal.sender === room.seat.value);
  return (
    <>
      {asked.map((proposal) => (
        <p key={proposal.id} class="meta">
          {t("ui.asked_to_join", {
            venture: ventureName(room.view, Number(proposal.terms["venture"])),
            state: t(`ui.proposal.state.${proposal.status}`),
          })}
        </p>
      ))}
    </>
  );
}

function Stay() {
  const room = useRoom();
  const { venture, seat } = mine(room);
  const sealed = useSealed("pitch");
  const leads = venture?.lead === seat;
  const where = venture ? spaceName(room.view, venture.space) : t("garage");
  const moves = sealed.own && sealed.value?.["space"] !== undefined;
  const outlook = useOutlook();
  return (
    <Screen
      question={t("question.admission.maker.stay")}
      main={{ label: moves ? knock(sealed.value) : t("ui.stay_at", { space: where }) }}
      step="stay"
      handled={HANDLED}
      consequence={venture && moves && isDoor(sealed.value) ? <Fit bounds={outlook(venture.id)} /> : undefined}
    >
      <MyVenture />
      <Requests />
      {leads ? (
        <section class="stack tight">
          <h2>{t("ui.move")}</h2>
          <DoorCards />
          <Complaint failure={sealed.failure} />
        </section>
      ) : null}
      <Leaving />
    </Screen>
  );
}

/** Requests to join: answered one by one, with shares out of the lead's own holding. */
function Requests() {
  const room = useRoom();
  const [answering, setAnswering] = useState<number>();
  const schema = room.command("answer_join");
  const open = room.view
    .all("proposal")
    .filter(
      (proposal) => proposal.what === "join" && proposal.receiver === room.seat.value && proposal.status === "open",
    );
  if (!schema || open.length === 0) return null;
  return (
    <div class="cards">
      {open.map((proposal) => (
        <Card key={proposal.id} teeth={1}>
          <Person seat={proposal.sender} note={t("ui.wants_to_join")} />
          <Skills seat={proposal.sender} />
          <Request maker={proposal.sender} onAnswer={() => setAnswering(proposal.sender)} />
        </Card>
      ))}
      {answering === undefined ? null : (
        <Sheet
          title={about(t("command.answer_join"), seatName(room.view, answering))}
          onClose={() => setAnswering(undefined)}
        >
          <CommandForm
            command="answer_join"
            schema={schema}
            given={{ maker: answering }}
            first={sealedArgs(room, "answer_join", { maker: answering }) ?? {}}
            onDone={() => setAnswering(undefined)}
          />
        </Sheet>
      )}
    </div>
  );
}

/** What has been answered, which counts at the close, and the way to answer or to change it. */
function Request({ maker, onAnswer }: { maker: number; onAnswer: () => void }) {
  const room = useRoom();
  const answer = sealedArgs(room, "answer_join", { maker });
  const name = seatName(room.view, maker);
  const key = answer ? "ui.change" : "command.answer_join";
  return (
    <>
      {answer ? (
        <p class="good">
          {t(answer["accept"] === true ? "ui.join.accepted" : "ui.join.declined", {
            name,
            share: percent(Number(answer["shares"] ?? 0)),
          })}
        </p>
      ) : null}
      <div class="acts">
        <Button look={answer ? "plain" : "ink"} label={about(t(key), name)} onClick={onAnswer}>
          {t(key)}
        </Button>
      </div>
    </>
  );
}

/** What can't be undone asks once. */
function Leaving() {
  const room = useRoom();
  const { act, failure } = useAct();
  const { venture } = mine(room);
  const [asking, setAsking] = useState<"close_venture" | "leave_team">();
  const name = venture ? ventureName(room.view, venture.id) : "";
  return (
    <section class="stack tight">
      {(["close_venture", "leave_team"] as const).map((command) =>
        room.command(command) ? (
          <Button key={command} look="danger" onClick={() => setAsking(command)}>
            {t(`command.${command}`)}
          </Button>
        ) : null,
      )}
      <Complaint failure={failure} />
      {asking ? (
        <Confirm
          title={about(t(`command.${asking}`), name)}
          text={t(`command.${asking}.help`)}
          act={t(`command.${asking}`)}
          danger
          onClose={() => setAsking(undefined)}
          onAct={() => act(asking)}
        >
          {venture ? <p class="meta">{stageName(venture.stage)}</p> : null}
          <Consequence command={asking} args={{}} />
        </Confirm>
      ) : null}
    </section>
  );
}
