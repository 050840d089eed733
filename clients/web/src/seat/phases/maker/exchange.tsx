// Exchange for makers: first what others ask of me, then whom I ask; study, lending and swaps below.
import { useState } from "preact/hooks";
import { CommandForm, Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Options } from "../../../parts/controls/options";
import { Sheet } from "../../../parts/controls/sheet";
import { Pill, useSteady } from "../../../parts/controls/steady_list";
import { Card } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import type { Proposal } from "../../../store/entities";
import { optionsOf } from "../../../store/legal";
import { proposalName, SKILLS, seatName, ventureName } from "../../../store/names";
import { mine, placeOf } from "../../../store/own_seat";
import { isPerson, peopleFirst } from "../../../store/people_first";
import type { Room } from "../../../store/room";
import { t } from "../../../texts";
import { about, percent } from "../../../texts/numbers";
import { SayNo } from "../../offers/say_no";
import { Skills } from "../../question/about_people";
import { useAct, useForesight } from "../../question/choices";
import { Foretold } from "../../question/consequence";
import { Screen } from "../../question/screen";
import { PeopleToAsk } from "./people_to_ask";

const NOTHING = "none";
const SMALL = ["study", "propose_lending", "propose_swap"] as const;

export function ExchangeMaker() {
  const room = useRoom();
  const garage = placeOf(room, room.seat.value) === 0;
  return (
    <Screen
      question={t("question.exchange.maker")}
      main={{ label: t("ui.exchange.done") }}
      handled={["propose_exchange", "answer", ...SMALL]}
    >
      {garage ? <p class="note">{t("ui.garage.exchange")}</p> : null}
      {!garage && !room.command("propose_exchange") ? <p class="note">{t("ui.exchange.alone")}</p> : null}
      <ToAnswer />
      <Sent />
      <Neighbours />
      <Small />
    </Screen>
  );
}

/** Return which sentence an exchange has that goes one way only. */
function oneWay(terms: Proposal["terms"]): string {
  return terms["learn"] === NOTHING ? ".teach" : terms["teach"] === NOTHING ? ".learn" : "";
}

/** Say in words what a proposal asks, seen from its receiver or its sender. */
function proposalText(room: Room, proposal: Proposal): string {
  const { terms } = proposal;
  const other = (field: string): string => ventureName(room.view, Number(terms[field]));
  const skill = (field: string): string => t(`skill.${terms[field]}`);
  switch (proposal.what) {
    case "exchange":
      return t(`ui.exchange.terms${proposal.sender === room.seat.value ? ".own" : ""}${oneWay(terms)}`, {
        sender: seatName(room.view, proposal.sender),
        teach: skill("teach"),
        learn: skill("learn"),
      });
    case "lending":
      return t("ui.lending.terms", {
        hours: Number(terms["hours"]),
        venture: other("venture"),
        credits: Number(terms["credits"] ?? 0),
        share: percent(Number(terms["shares"] ?? 0)),
      });
    case "swap":
      return t("ui.swap.terms", {
        give: percent(Number(terms["give_shares"])),
        give_venture: other("give_venture"),
        take: percent(Number(terms["take_shares"])),
        take_venture: other("take_venture"),
      });
    case "join":
      return t("ui.wants_to_join");
    default:
      return proposalName(room.view, proposal.id);
  }
}

function ToAnswer() {
  const room = useRoom();
  const { act, failure } = useAct();
  const open = optionsOf(room.command("answer"), "proposal", room.view.hand).map(Number);
  const senderOf = (id: number): number => room.view.find("proposal", id)?.sender ?? 0;
  const steady = useSteady(peopleFirst(room.view, open, senderOf), "requests");
  const person = peopleFirst(room.view, steady.waiting, senderOf)
    .map(senderOf)
    .find((seat) => isPerson(room.view, seat));
  const there = steady.shown.flatMap((id) => room.view.find("proposal", id) ?? []);
  const lapsed = there.filter(({ id, status }) => status === "lapsed" && !open.includes(id));
  const shown = [...there.filter((each) => !lapsed.includes(each)), ...lapsed]; // what has lapsed asks for nothing
  if (shown.length === 0 && steady.fresh === 0) return null;
  return (
    <section class="stack tight">
      <h2>{open.length > 0 ? t("ui.to_answer", { n: open.length }) : t("ui.answered")}</h2>
      <Pill steady={steady} kind="requests" from={person ? seatName(room.view, person) : undefined} />
      <div class="cards">
        {shown.map((proposal) => (
          <Card key={proposal.id} teeth={1}>
            <Person seat={proposal.sender} />
            <p>{proposalText(room, proposal)}</p>
            {open.includes(proposal.id) ? (
              <YesOrNo
                proposal={proposal}
                onAnswer={(accept, why) => act("answer", { proposal: proposal.id, accept, ...why })}
              />
            ) : (
              <span class="tag">{t(`ui.proposal.state.${proposal.status}`)}</span>
            )}
          </Card>
        ))}
      </div>
      <Complaint failure={failure} />
    </section>
  );
}

function YesOrNo({ proposal, onAnswer }: { proposal: Proposal; onAnswer: (accept: boolean, why?: Args) => unknown }) {
  const sender = seatName(useRoom().view, proposal.sender);
  const foreseen = useForesight("answer", { proposal: proposal.id, accept: true });
  const isRefused = foreseen?.failure !== undefined && !foreseen.isOld; // why is said above
  return (
    <>
      <Foretold foreseen={foreseen} />
      <div class="acts">
        <SayNo to={proposal.sender} onNo={(why) => onAnswer(false, why)} />
        <Button
          look={isRefused ? "plain" : "ink"}
          label={about(t("choice.yes"), sender)}
          onClick={() => onAnswer(true)}
        >
          {t("choice.yes")}
        </Button>
      </div>
    </>
  );
}

function Sent() {
  const room = useRoom();
  const sent = room.view
    .all("proposal")
    .filter((proposal) => proposal.sender === room.seat.value && proposal.what !== "join");
  if (sent.length === 0) return null;
  return (
    <ul class="stack tight">
      {sent.map((proposal) => (
        <li key={proposal.id} class="meta">
          {about(seatName(room.view, proposal.receiver), proposalText(room, proposal))}{" "}
          <span class="tag">{t(`ui.proposal.state.${proposal.status}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** People of the same house, those first from whom there is most to learn. */
function Neighbours() {
  const room = useRoom();
  const own = mine(room).maker;
  const gain = (seat: number): number => (saidNo(room, seat) ? -1 : most(seat));
  const most = (seat: number): number =>
    Math.max(
      0,
      ...(room.view.find("maker", seat)?.skills ?? []).map((level, index) => level - (own?.skills[index] ?? 0)),
    );
  return (
    <PeopleToAsk
      command="propose_exchange"
      field="maker"
      worth={gain}
      facts={(seat) => <Skills seat={seat} />}
      atOnce={(seat) => (gain(seat) > 0 ? <AskAtOnce maker={seat} /> : null)}
      question={(seat, close) => <Ask maker={seat} onClose={close} />}
    />
  );
}

/** Return whether somebody has declined an exchange with this seat in this phase: asking the same again is no help. */
function saidNo({ view, seat }: Room, maker: number): boolean {
  return view.all("proposal").some(({ what, sender, receiver, status }) => {
    return what === "exchange" && sender === seat.value && receiver === maker && status === "declined";
  });
}

/** Return what helps both most: the skill that I teach and the one that I learn. */
function sensible(room: Room, maker: number): { teach: string; learn: string } {
  const own = mine(room).maker?.skills ?? [0, 0, 0];
  const theirs = room.view.find("maker", maker)?.skills ?? [0, 0, 0];
  return { teach: best(own, theirs), learn: best(theirs, own) };
}

/** What helps most is asked by one tap; it binds nobody before the other says yes. */
function AskAtOnce({ maker }: { maker: number }) {
  const room = useRoom();
  const { act, failure } = useAct();
  const name = seatName(room.view, maker);
  const terms = sensible(room, maker);
  const teaches = terms.teach !== NOTHING;
  const said = t(teaches ? "ui.ask.swap" : "ui.ask.learn", {
    learn: t(`skill.${terms.learn}`),
    teach: t(`skill.${terms.teach}`),
  });
  const asked = room.view
    .all("proposal")
    .some(({ sender, receiver, status }) => sender === room.seat.value && receiver === maker && status === "open");
  if (asked) return <p class="meta">{t("ui.ask.waits", { name })}</p>;
  return (
    <>
      <Complaint failure={failure} />
      <div class="acts">
        <Button look="ink" label={about(said, name)} onClick={() => act("propose_exchange", { maker, ...terms })}>
          {said}
        </Button>
      </div>
    </>
  );
}

/** Which skill I teach and which I learn: what helps most is proposed. */
function Ask({ maker, onClose }: { maker: number; onClose: () => void }) {
  const room = useRoom();
  const own = mine(room).maker?.skills ?? [0, 0, 0];
  const theirs = room.view.find("maker", maker)?.skills ?? [0, 0, 0];
  const [terms, setTerms] = useState<Args>(sensible(room, maker));
  const schema = room.command("propose_exchange");
  const { act, failure } = useAct({ maker, ...terms });
  const field = (name: "teach" | "learn") => (
    <Options
      label={t(`field.${name}`)}
      options={optionsOf(schema, name, room.view.hand).map((skill) => ({
        value: String(skill),
        label: withLevels(String(skill), { theirs, own }),
      }))}
      value={String(terms[name])}
      onChange={(skill) => setTerms({ ...terms, [name]: skill })}
    />
  );
  return (
    <Sheet title={t("ui.ask.whom", { name: seatName(room.view, maker) })} onClose={onClose}>
      <div class="stack">
        {field("learn")}
        {field("teach")}
        <p class="meta">{t("command.propose_exchange.help")}</p>
        <Complaint failure={failure} />
        <Button look="ink" onClick={async () => (await act("propose_exchange", { maker, ...terms })) && onClose()}>
          {t("command.propose_exchange")}
        </Button>
      </div>
    </Sheet>
  );
}

function best(teacher: readonly number[], learner: readonly number[]): string {
  const gains = teacher.map((level, index) => level - (learner[index] ?? 0));
  const most = Math.max(...gains);
  return most > 0 ? (SKILLS[gains.indexOf(most)] ?? NOTHING) : NOTHING;
}

interface Levels {
  theirs: readonly number[];
  own: readonly number[];
}

/** Return a skill with how well each side knows it. */
function withLevels(skill: string, { theirs, own }: Levels): string {
  const index = (SKILLS as readonly string[]).indexOf(skill);
  if (index < 0) return t(`skill.${skill}`);
  return t("ui.exchange.levels", {
    skill: t(`skill.${skill}`),
    theirs: theirs[index] ?? 0,
    own: own[index] ?? 0,
  });
}

function Small() {
  const room = useRoom();
  const [open, setOpen] = useState<(typeof SMALL)[number]>();
  const schema = open ? room.command(open) : undefined;
  const possible = SMALL.filter((command) => room.command(command));
  if (possible.length === 0) return null;
  return (
    <>
      <section class="options">
        {possible.map((command) => (
          <Button key={command} onClick={() => setOpen(command)}>
            {t(`command.${command}`)}
          </Button>
        ))}
      </section>
      {open && schema ? (
        <Sheet title={t(`command.${open}`)} onClose={() => setOpen(undefined)}>
          <CommandForm command={open} schema={schema} onDone={() => setOpen(undefined)} />
        </Sheet>
      ) : null}
    </>
  );
}
