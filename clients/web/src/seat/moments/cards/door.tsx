// The door: in or not, my score and the bar, who sits there, and what I can do now.
import { Card } from "../../../parts/pictures/card";
import { Sym } from "../../../parts/pictures/sprite";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName, spaceName, ventureName } from "../../../store/names";
import { isPerson } from "../../../store/people_first";
import { parameter } from "../../../store/rules";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { inARow } from "../../../texts/numbers";
import { isIn } from "../found/door";
import type { Arrivals, Badge, Door } from "../kinds";
import { Banner, Desks, Head, Row, Ruler } from "./pieces";

const MOST_POINTS = 80;

/** Return what a door said, as a heading. */
export function doorTitle(view: View, { outcome, space }: Door | Badge): string {
  return t(`ui.moment.door.${outcome}`, { space: spaceName(view, space) });
}

/** Return the points by which the bar was passed or missed. */
function gapOf({ score, bar }: Door | Badge): string {
  return score < bar ? t("ui.moment.short", { n: bar - score }) : t("ui.moment.over", { n: score - bar });
}

export function doorSentence(view: View, moment: Door): string {
  const { score, bar } = moment;
  return inARow([
    doorTitle(view, moment),
    t("ui.moment.door.scored", { score, bar }),
    aheadOf(moment),
    insteadOf(view, moment),
  ]);
}

function aheadOf({ outcome, ahead, seated, desks }: Door): string {
  if (outcome === "full") return tn("ui.moment.door.ahead", ahead.length, { desks });
  if (outcome !== "below") return "";
  return tn("ui.moment.door.desks", Math.max(0, desks - seated.length), { desks });
}

/** Whom the wild card let in, where it was not me. */
function insteadOf(view: View, { space, wildCard }: Door | Badge): string {
  if (wildCard === undefined) return "";
  const values = { space: spaceName(view, space), who: seatName(view, wildCard) };
  return t(wildCard > 0 ? "ui.moment.wild_card.went" : "ui.moment.wild_card.kept", values);
}

function Points({ moment }: { moment: Door | Badge }) {
  const { score, bar } = moment;
  return (
    <Ruler
      value={score}
      bar={bar}
      most={Math.max(MOST_POINTS, score, bar)}
      barName={t("ui.moment.line")}
      valueName={t("ui.moment.you")}
      gap={gapOf(moment)}
      tone={score < bar ? "bad" : "good"}
    />
  );
}

export function DoorCard({ moment }: { moment: Door }) {
  const { view } = useRoom();
  const { outcome, venture, space, seated, desks } = moment;
  const ahead = aheadOf(moment);
  const instead = insteadOf(view, moment);
  return (
    <>
      {moment.full ? <InBanner moment={moment} /> : null}
      <Card teeth={moment.full ? 3 : 2}>
        {moment.full ? null : (
          <Head
            moment={moment}
            about={venture ? ventureName(view, venture) : ""}
            title={doorTitle(view, moment)}
            picture={<DoorPicture open={isIn(outcome)} />}
          />
        )}
        <Points moment={moment} />
        {ahead ? <p>{ahead}</p> : null}
        {instead ? <p>{instead}</p> : null}
        <Desks seated={seated} desks={desks} />
        {isIn(outcome) ? (
          <p class="meta">{t("ui.moment.door.rent", { rent: view.find("space", space)?.rent ?? 0 })}</p>
        ) : null}
      </Card>
      {isIn(outcome) ? <Neighbour moment={moment} /> : <Now moment={moment} />}
    </>
  );
}

/** In for the first time: at which desk, by whose space. */
function InBanner({ moment: { space, seated, desks, outcome } }: { moment: Door }) {
  const { view, seat } = useRoom();
  const at = { space: spaceName(view, space), n: seated.indexOf(seat.value) + 1, desks };
  return (
    <Banner
      title={t(outcome === "wild_card" ? "ui.moment.door.in.wild_card" : "ui.moment.door.in")}
      below={t("ui.moment.door.desk", at)}
    />
  );
}

/** Who sits at the next desk, if a person does: a bot is nobody to walk to. */
function Neighbour({ moment: { seated, space } }: { moment: Door }) {
  const { view, seat } = useRoom();
  const others = seated.filter((lead) => lead !== seat.value && isPerson(view, lead));
  const next = others.find((lead) => lead > seat.value) ?? others[0];
  return (
    <Card teeth={1}>
      {next === undefined ? null : <Person seat={next} note={t("ui.moment.door.neighbour")} />}
      <Person seat={space} note={t("ui.moment.door.run_by")} />
    </Card>
  );
}

/** What whoever works in the garage can do, and when. */
function Now({ moment: { space, outcome } }: { moment: Door }) {
  const { view } = useRoom();
  const studies = Number(view.pieces("introduced")["study"] ?? 1) <= (view.single("game").season ?? 1);
  const lines = [
    ["matching", "money", { search: parameter(view, "world", "search_cost") }],
    ...(studies ? ([["exchange", "study", {}]] as const) : []),
    [
      "next",
      outcome === "full" ? "space_full" : "space",
      { operator: seatName(view, space), space: spaceName(view, space) },
    ],
  ] as const;
  return (
    <Card teeth={1}>
      <h2>{t("ui.moment.door.now")}</h2>
      <ul class="moment-ways">
        {lines.map(([when, what, values]) => (
          <li key={what}>
            <b class="grow">{t(`ui.moment.door.now.${what}`)}</b>
            <span class="tag">{t(`ui.moment.when.${when}`)}</span>
            <span class="meta">{t(`ui.moment.door.now.${what}.text`, values)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A gable with two leaves; the left one stands open. */
export function DoorPicture({ open }: { open: boolean }) {
  return (
    <svg class="door-picture" viewBox="0 0 96 100" width="78" height="78" aria-hidden="true">
      <path class="wall" d="M8 92V28L48 8 88 28V92Z" />
      <rect class="light" x="24" y="36" width="48" height="56" />
      <path class="leaf" d={open ? "M24 36 12 42V98L24 92Z" : "M24 36H47V92H24Z"} />
      <path class="leaf" d="M49 36H72V92H49Z" />
      <path class="window" d={open ? "M54 44H67V60H54Z" : "M29 44H42V60H29ZM54 44H67V60H54Z"} />
      <path class="ground" d="M2 94H94" />
    </svg>
  );
}

export function badgeSentence(view: View, moment: Badge): string {
  const { score, bar } = moment;
  const judged = isJudged(moment) ? t("ui.moment.badge.judged", { score, bar }) : "";
  return inARow([badgeTitle(view, moment), judged, insteadOf(view, moment)]);
}

/** A badge that could not be paid any longer has met no bar. */
function isJudged({ outcome }: Badge): boolean {
  return outcome !== "unkept";
}

export function badgeTitle(view: View, { outcome, space }: Badge): string {
  return t(`ui.moment.badge.${outcome}`, { space: spaceName(view, space) });
}

export function BadgeCard({ moment }: { moment: Badge }) {
  const { view } = useRoom();
  const { outcome, space } = moment;
  const price = parameter(view, "admission", "badge_price");
  const name = spaceName(view, space);
  const instead = insteadOf(view, moment);
  return (
    <Card teeth={3}>
      <Head
        moment={moment}
        about={name}
        title={badgeTitle(view, moment)}
        picture={<DoorPicture open={isIn(outcome)} />}
      />
      {isJudged(moment) ? <Points moment={moment} /> : <p>{t("ui.moment.badge.unkept.why", { n: price })}</p>}
      {instead ? <p>{instead}</p> : null}
      <p>{t(`ui.moment.badge.${isIn(outcome) ? "means" : "without"}`)}</p>
      {isIn(outcome) && price > 0 ? <p class="meta">{t("ui.moment.badge.price", { n: price, space: name })}</p> : null}
    </Card>
  );
}

export function arrivalsSentence(view: View, moment: Arrivals): string {
  return inARow([arrivalsTitle(moment), nearestOf(view, moment)]);
}

function arrivalsTitle({ came }: Arrivals): string {
  const inside = came.filter(({ outcome }) => isIn(outcome)).length;
  return t("ui.moment.arrivals", { n: came.length, inside });
}

/** What would have filled another desk. */
function nearestOf(view: View, { nearest, bar }: Arrivals): string {
  if (!nearest) return "";
  const { seat, score, by } = nearest;
  return t(`ui.moment.arrivals.near.${by}`, { who: seatName(view, seat), n: bar - score, score });
}

export function ArrivalsCard({ moment }: { moment: Arrivals }) {
  const { view } = useRoom();
  const { came, bar, seated, desks } = moment;
  const near = nearestOf(view, moment);
  return (
    <Card teeth={3}>
      <Head
        moment={moment}
        title={arrivalsTitle(moment)}
        picture={<DoorPicture open={came.some(({ outcome }) => isIn(outcome))} />}
      />
      <Desks seated={seated} desks={desks} />
      <ul>
        <Row name={t("ui.moment.arrivals.bar")}>
          <b class="amount">{bar}</b>
        </Row>
        {came.map(({ seat, score, outcome }) => (
          <Row key={seat} name={<Person seat={seat} note={t(`ui.outcome.${outcome}`)} />}>
            <b class={`amount ${isIn(outcome) ? "good" : ""}`}>{score}</b>
            {isIn(outcome) ? <Sym name="check" size={18} /> : null}
          </Row>
        ))}
      </ul>
      {near ? <p>{near}</p> : null}
    </Card>
  );
}
