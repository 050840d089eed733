// Make a room: which scenario, how many people, how long, at what pace. The server says how the class is seated, and
// the page says it in words; each number can be changed, and what is unusual is said without standing in the way.
import { useRef, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button, MainButton } from "../../parts/controls/button";
import { useKeys } from "../../parts/controls/keys";
import { Options } from "../../parts/controls/options";
import { Stepper } from "../../parts/controls/stepper";
import { LanguageSwitch } from "../../parts/page/menu";
import { Unreachable } from "../../parts/page/unreachable";
import { Wordmark } from "../../parts/page/wordmark";
import { Card, Chosen } from "../../parts/pictures/card";
import { LANGUAGES, language, traits } from "../../prefs";
import { newId } from "../../protocol/outbox";
import { go, route } from "../../route";
import { has, t } from "../../texts";
import { Called } from "./called";
import { Choices } from "./choices";
import { ClassInWords, LessonInWords, lessonMinutes } from "./class_in_words";
import { type ByRole, type Offer, useOffers, useSeated, withRoles } from "./class_size";
import { DatesField } from "./dates";
import { intended } from "./intended_room";
import { keepWish, keptWish } from "./kept_wish";
import { KeyField } from "./key_field";
import { frameOf, useRoomOpening } from "./open_room";
import { BOTS, CLOSES, FIRST_WISH, type RoomWish, STANDS_IN } from "./room_wish";
import { Usual } from "./usual";
import "../host.css";
import "./create.css";

const PACES = [100, 150, 200, 0];
const LESSONS = [45, 60, 90, 180];
const MOST_PEOPLE = 500; // what the protocol lets a room ask for

export function CreatePage() {
  const { wish, change, intention, asSeated, seated } = useWish();
  const { waiting, again, refused, open } = useRoomOpening();
  const needsKey = wish.key !== "" || refused?.code === "unauthorised";
  const offers = useOffers();
  const offer = offers.find(({ name }) => name === wish.scenario);
  const create = async (): Promise<void> => {
    if (!waiting) await open(wish, frameOf(wish, seated ?? undefined, intention.current));
  };
  const onKeyDown = useEnter(create);
  if (waiting && waiting.failures.value > 0) return <Unreachable room={waiting} />;
  if (again) return <p class="page meta">{t("ui.opening")}</p>;
  return (
    <main class="page create" onKeyDown={onKeyDown}>
      <Masthead />
      <Question scenario={wish.scenario} />
      <Scenarios offers={offers} wish={wish} onChoose={(scenario) => change({ scenario })} />
      <div class="stack">
        <People people={wish.people} onChange={(people) => change({ people })} />
        <ClassInWords seated={seated} offer={offer} />
        {asSeated ? (
          <Roles
            seated={withRoles(asSeated, wish.roles)}
            known={asSeated.known_roles}
            isChanged={wish.roles !== undefined}
            onChange={(roles) => change({ roles })}
          />
        ) : null}
        <Lesson wish={wish} offers={offers} onChange={change} />
        <Unusual wish={wish} offer={offer} seats={seated?.seats ?? wish.people} onChange={change} />
        {needsKey ? <KeyField label={t("ui.create.key")} value={wish.key} onChange={(key) => change({ key })} /> : null}
        <Complaint failure={refused} />
        <MainButton label={t("ui.create.open")} onClick={create} />
        <p class="meta">{t("ui.create.later")}</p>
      </div>
    </main>
  );
}

/** What is asked, and the way to a class of several tables that play the same. */
function Question({ scenario }: { scenario: string }) {
  return (
    <>
      <h1 tabIndex={-1}>{t("ui.create")}</h1>
      <p class="several">
        <a href={`#/class/new/${scenario}`}>{t("ui.create.several")}</a>
      </p>
    </>
  );
}

export function Masthead() {
  return (
    <div class="row spread masthead">
      <Wordmark />
      <Button look="quiet" onClick={() => go("")}>
        {t("ui.join")}
      </Button>
    </div>
  );
}

function People({ people, onChange }: { people: number; onChange: (people: number) => void }) {
  return <Stepper label={t("ui.create.people")} value={people} min={1} max={MOST_PEOPLE} live onChange={onChange} />;
}

export function Lesson({
  wish,
  offers,
  onChange,
}: {
  wish: RoomWish;
  offers: readonly Offer[];
  onChange: (part: Partial<RoomWish>) => void;
}) {
  return (
    <>
      <Options
        label={t("ui.create.time")}
        options={LESSONS.map((value) => ({ value, label: t("ui.create.time.n", { n: value }) }))}
        value={wish.lesson}
        onChange={(lesson) => onChange({ lesson })}
      />
      <Options
        label={t("ui.create.pace")}
        options={PACES.map((value) => ({ value, label: t(`ui.create.pace.${value}`) }))}
        value={wish.scale}
        onChange={(scale) => onChange({ scale })}
      />
      <LessonInWords wish={wish} offers={offers} onTake={(scenario) => onChange({ scenario })} />
      <p>
        <a href={`#/lesson/${wish.scenario}`}>{t("ui.create.lesson", { scenario: scenarioName(wish.scenario) })}</a>
      </p>
    </>
  );
}

/** What was filled in before, and the scenario that the address names, as a lesson's page does. */
function wishedBefore(): RoomWish {
  const at = route.peek();
  return keptWish(
    "room",
    { ...FIRST_WISH, language: language.value },
    at.page === "new" && at.scenario ? at.scenario : undefined,
  );
}

/** The state of the page: what is wished, by which id it is asked for, and how the server seats it. */
function useWish() {
  const [before] = useState(intended);
  const [wish, setWish] = useState<RoomWish>(before?.wish ?? wishedBefore());
  const intention = useRef(before?.frame.id ?? newId());
  const change = (part: Partial<RoomWish>): void => {
    if (part.key === undefined) intention.current = newId(); // a key opens the same room
    const isOther = part.scenario !== undefined || part.people !== undefined; // then it is seated anew
    const other = part.scenario === undefined ? {} : { choices: [] };
    setWish((now) => keepWish("room", { ...now, ...(isOther ? { roles: undefined } : {}), ...other, ...part }));
  };
  const asSeated = useSeated(wish.scenario, wish.people);
  return { wish, change, intention, asSeated, seated: asSeated ? withRoles(asSeated, wish.roles) : asSeated };
}

/** Enter opens the room from wherever it does nothing else; a number that is being typed counts first. */
function useEnter(create: () => Promise<void>): (event: KeyboardEvent) => void {
  const latest = useRef(create);
  latest.current = create;
  const open = (): unknown => !document.activeElement?.matches("button, a, summary") && void latest.current();
  useKeys({ ENTER: open });
  return (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.target.blur();
    setTimeout(() => void latest.current());
  };
}

function scenarioName(scenario: string): string {
  return has(`scenario.${scenario}`) ? t(`scenario.${scenario}`) : scenario;
}

export function Scenarios({
  offers,
  wish,
  onChoose,
}: {
  offers: readonly Offer[];
  wish: RoomWish;
  onChoose: (scenario: string) => void;
}) {
  return (
    <div class="stack">
      <div class="cards" role="group" aria-label={t("ui.create.scenario")}>
        {offers.map((offer) => (
          <Card key={offer.name} chosen={offer.name === wish.scenario} onChoose={() => onChoose(offer.name)}>
            <span class="head">
              <span class="name">{scenarioName(offer.name)}</span>
              <span class="meta">
                {offer.play_s > 0
                  ? t("ui.create.minutes", { n: lessonMinutes(offer, 100, false) })
                  : t("ui.create.untimed")}
              </span>
              <Chosen on={offer.name === wish.scenario} />
            </span>
            {has(`scenario.${offer.name}.blurb`) ? (
              <span class="meta blurb">{t(`scenario.${offer.name}.blurb`)}</span>
            ) : null}
            {offer.runs > 1 ? <span class="meta blurb">{t("ui.create.runs", { n: offer.runs })}</span> : null}
          </Card>
        ))}
      </div>
    </div>
  );
}

/** What most hosts leave as it is: the rules, with what usually happens by them, and the settings. */
export function Unusual({
  wish,
  offer,
  seats,
  onChange,
}: {
  wish: RoomWish;
  offer: Offer | undefined;
  seats: number;
  onChange: (part: Partial<RoomWish>) => void;
}) {
  return (
    <>
      <Rules wish={wish} offer={offer} onChange={onChange} />
      <Usual scenario={wish.scenario} seats={seats} isChanged={(wish.choices ?? []).length > 0} />
      <Details wish={wish} onChange={onChange} />
    </>
  );
}

/** What the host may change of the scenario's rules; folded away until somebody looks for it. */
function Rules({
  wish,
  offer,
  onChange,
}: {
  wish: RoomWish;
  offer: Offer | undefined;
  onChange: (part: Partial<RoomWish>) => void;
}) {
  const choices = offer?.choices ?? [];
  if (choices.length === 0) return null;
  const taken = wish.choices ?? [];
  return (
    <details class="fold" open={taken.length > 0}>
      <summary>
        {t("ui.create.rules")} {taken.length > 0 ? <span class="tag filled">{taken.length}</span> : null}
      </summary>
      <Choices
        label={t("ui.create.rules.lead")}
        choices={choices}
        taken={taken}
        onChange={(names) => onChange({ choices: names })}
      />
    </details>
  );
}

interface RolesProps {
  seated: { roles: ByRole };
  known: readonly string[];
  isChanged: boolean;
  onChange: (roles: ByRole | undefined) => void;
}

function Roles({ seated, known, isChanged, onChange }: RolesProps) {
  const roles = [...new Set([...Object.keys(seated.roles), ...known])];
  return (
    <details class="fold">
      <summary>{t("ui.create.change")}</summary>
      <div class="stack tight">
        <p class="meta">{t("ui.create.change.note")}</p>
        {roles.map((role) => (
          <Stepper
            key={role}
            label={has(`role.${role}`) ? t(`role.${role}`) : role}
            value={seated.roles[role] ?? 0}
            min={0}
            max={MOST_PEOPLE}
            onChange={(count) => onChange({ ...seated.roles, [role]: count })}
          />
        ))}
        {isChanged ? <Button onClick={() => onChange(undefined)}>{t("ui.create.change.back")}</Button> : null}
      </div>
    </details>
  );
}

function Details({ wish, onChange }: { wish: RoomWish; onChange: (part: Partial<RoomWish>) => void }) {
  return (
    <details class="fold">
      <summary>{t("ui.create.details")}</summary>
      <div class="stack">
        <Options
          label={t("ui.create.closes")}
          options={CLOSES.map((value) => ({ value, label: t(`ui.create.closes.${value}`) }))}
          value={wish.closes}
          onChange={(closes) => onChange({ closes })}
        />
        {wish.closes === "host" ? null : <DatesField dates={wish.dates} onChange={(dates) => onChange({ dates })} />}
        <Options
          label={t("ui.create.practice")}
          options={[false, true].map((value) => ({ value, label: t(`ui.create.practice.${value ? "yes" : "no"}`) }))}
          value={wish.practice}
          onChange={(practice) => onChange({ practice })}
        />
        <Options
          label={t("ui.create.questions")}
          options={[true, false].map((value) => ({ value, label: t(`ui.create.questions.${value ? "yes" : "no"}`) }))}
          value={wish.questions}
          onChange={(questions) => onChange({ questions })}
        />
        <Called wish={wish} onChange={onChange} />
        <Bots wish={wish} onChange={onChange} />
        <Options
          label={t("ui.create.language")}
          options={LANGUAGES.map((value) => ({ value, label: traits(value).name, lang: traits(value).tag }))}
          value={wish.language}
          onChange={(chosen) => onChange({ language: chosen })}
        />
        <p class="meta">{t("ui.create.language.note")}</p>
        <LanguageSwitch />
      </div>
    </details>
  );
}

function Bots({ wish, onChange }: { wish: RoomWish; onChange: (part: Partial<RoomWish>) => void }) {
  return (
    <>
      <Options
        label={t("ui.create.level")}
        options={BOTS.map((value) => ({ value, label: t(`ui.create.level.${value}`) }))}
        value={wish.bots}
        onChange={(bots) => onChange({ bots })}
      />
      <p class="meta">{t(`ui.create.level.${wish.bots}.note`)}</p>
      <Options
        label={t("ui.create.away")}
        options={STANDS_IN.map((value) => ({ value, label: t(`ui.create.away.${value}`) }))}
        value={wish.standIn}
        onChange={(standIn) => onChange({ standIn })}
      />
      <p class="meta">{t(`ui.create.away.${wish.standIn}.note`)}</p>
    </>
  );
}
