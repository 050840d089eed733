// How I was rated, how my space did, and how a venture ended or was spared: what stays first, then the number.
import { Card } from "../../../parts/pictures/card";
import { Term } from "../../../parts/words/term";
import { useRoom } from "../../../store/context";
import { exitText, SKILLS, seatName, spaceName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { about, inARow, listed, number, signed } from "../../../texts/numbers";
import type { Bar, Change, Rated, Space } from "../kinds";
import { Banner, Head, isLastSeason, Moved, Row, Ruler } from "./pieces";

const HUNDRED = 100;

function ratedTitle(view: View, { lost, spared, space }: Rated): string {
  return t(lost ? "ui.moment.rated.lost" : spared ? "ui.moment.rated.spared" : "ui.moment.rated", {
    space: spaceName(view, space),
  });
}

export function ratedSentence(view: View, moment: Rated): string {
  const { score, bar } = moment;
  const held = bar === undefined ? "" : t("ui.moment.rated.bar", { bar });
  return inARow([ratedTitle(view, moment), t("ui.moment.rated.score", { score }), held]);
}

export function RatedCard({ moment }: { moment: Rated }) {
  const { view } = useRoom();
  const { score, bar, measures, lost } = moment;
  const gap =
    bar === undefined
      ? ""
      : score < bar
        ? t("ui.moment.short", { n: bar - score })
        : t("ui.moment.over", { n: score - bar });
  return (
    <>
      {moment.full ? <Banner title={ratedTitle(view, moment)} /> : null}
      <Card teeth={3}>
        {moment.full ? null : <Head moment={moment} title={ratedTitle(view, moment)} />}
        <Ruler
          value={score}
          bar={bar}
          most={HUNDRED}
          barName={t("ui.moment.line")}
          valueName={t("ui.moment.you")}
          gap={gap}
          tone={lost ? "bad" : "good"}
        />
        <ul>
          {Object.entries(measures).map(([measure, points]) => (
            <Row key={measure} name={t(`measure.${measure}`)}>
              <b class="amount">{points}</b>
            </Row>
          ))}
        </ul>
        {lost ? <p>{t("ui.moment.rated.lost.why")}</p> : null}
        <p class="meta">{t(lost ? "ui.moment.rated.lost.means" : "ui.moment.rated.means")}</p>
      </Card>
    </>
  );
}

/** Return a mean of ratings, which are kept in hundredths. */
function mean(hundredths: number): string {
  return hundredths > 0 ? (hundredths / HUNDRED).toFixed(1) : "–";
}

const INDICES = ["community", "resources", "integration"] as const;

/** What vitality is made of. */
function Indices({ indices }: { indices: readonly Change[] }) {
  return (
    <>
      {INDICES.map((name, place) => (
        <Row key={name} name={<span class="meta">{t(`index.${name}`)}</span>}>
          <Moved change={since(indices[place])} />
        </Row>
      ))}
    </>
  );
}

/** How an index has moved; before a first season it was none. */
function since({ before, after }: Change = { before: 0, after: 0 }): Change {
  return { before: before || after, after };
}

/** What would raise the least of what vitality is made of: as in a product, the least holds all down. */
function leastText({ indices }: Space): string {
  if (!indices) return "";
  const least = Math.min(...indices.map(({ after }) => after));
  const name = INDICES[indices.findIndex(({ after }) => after === least)];
  return name ? t("ui.moment.space.least", { index: t(`index.${name}`), how: t(`ui.moment.space.least.${name}`) }) : "";
}

export function spaceSentence(_: View, moment: Space): string {
  const { vitality, rating } = moment;
  const rated = rating.after > 0 ? t("ui.moment.space.rating.say", { mean: mean(rating.after) }) : "";
  return inARow([
    t("ui.moment.space.say", { before: vitality.before, after: vitality.after }),
    rated,
    leastText(moment),
  ]);
}

export function SpaceCard({ moment }: { moment: Space }) {
  const { view, seat } = useRoom();
  const { vitality, rating, credits, indices, paid = [], closed = [], lost = [] } = moment;
  const least = leastText(moment);
  const why: { readonly [reason: string]: string } = {
    clearing: listed(closed.map((venture) => ventureName(view, venture))),
    upkeep: lost.length > 0 ? t("ui.moment.space.lost", { who: listed(lost.map((each) => seatName(view, each))) }) : "",
  };
  return (
    <Card teeth={3}>
      <Head moment={moment} about={spaceName(view, seat.value)} title={t("ui.moment.space")} />
      <ul>
        <Row name={<Term word="vitality" />}>
          <Moved change={vitality} />
        </Row>
        {indices ? <Indices indices={indices} /> : null}
        <Row name={t("ui.moment.space.rating")}>
          <Moved change={rating} write={mean} />
        </Row>
        <Row name={<Term word="treasury" />}>
          <Moved change={credits} />
        </Row>
        {paid.map(({ reason, amount }, index) => (
          <Row key={index} name={<span class="meta">{said(`reason.${reason}`, why[reason])}</span>}>
            <span class="amount meta">{signed(amount)}</span>
          </Row>
        ))}
      </ul>
      {least ? <p>{least}</p> : null}
      <WhyClosed moment={moment} />
      {rating.after === 0 ? <p class="meta">{t("ui.moment.space.few")}</p> : null}
    </Card>
  );
}

/** A text, with what it is about where something is. */
function said(key: string, whom = ""): string {
  return whom ? about(t(key), whom) : t(key);
}

/** Why tenants have closed. */
function WhyClosed({ moment: { closed = [], reasons = [] } }: { moment: Space }) {
  const { view } = useRoom();
  return (
    <>
      {closed.map((venture, place) =>
        reasons[place] ? (
          <p key={venture} class="meta">
            {about(ventureName(view, venture), exitText(reasons[place] ?? ""))}
          </p>
        ) : null,
      )}
    </>
  );
}

function barTitle(view: View, { venture, reason }: Bar): string {
  return t(reason === "spared" ? "ui.moment.bar.spared" : "ui.moment.bar", { venture: ventureName(view, venture) });
}

/** Return what it reached of what it had to. */
function reached({ reason, sold, bar }: Bar): string {
  if (bar === undefined) return reason === "spared" ? "" : exitText(reason);
  return t("ui.moment.bar.sold", { sold, bar });
}

export function barSentence(view: View, moment: Bar): string {
  const gain = moment.own && moment.level ? gained(moment) : "";
  return inARow([barTitle(view, moment), reached(moment), insteadOf(view, moment), gain]);
}

/** Which venture the wild card of its space spared, where it was not this one. */
function insteadOf(view: View, { space, wildCard }: Bar): string {
  if (wildCard === undefined) return "";
  const values = { space: spaceName(view, space), who: ventureName(view, wildCard) };
  return t(wildCard > 0 ? "ui.moment.wild_card.went" : "ui.moment.wild_card.kept", values);
}

function gained({ skill = 0, level }: Bar): string {
  const name = t(`skill.${SKILLS[skill]}`);
  return t("ui.moment.bar.gained", { skill: name, before: level?.before ?? 0, after: level?.after ?? 0 });
}

/** What it leaves to those who made it, to the space and to whoever paid for it. */
function Stays({ moment: { level, skill, space, money } }: { moment: Bar }) {
  const { view } = useRoom();
  return (
    <Card teeth={2}>
      <ul>
        {level && skill !== undefined ? (
          <Row name={t("ui.moment.bar.skill", { skill: t(`skill.${SKILLS[skill]}`) })}>
            <Moved change={level} />
          </Row>
        ) : null}
        {space > 0 ? (
          <Row name={t("ui.moment.bar.commons", { space: spaceName(view, space) })}>
            <b>{t("ui.moment.bar.half")}</b>
          </Row>
        ) : null}
        {money.map((entry) => (
          <Row key={entry.reason} name={t(`reason.${entry.reason}`)}>
            <b class="amount">{signed(entry.amount)}</b>
          </Row>
        ))}
      </ul>
    </Card>
  );
}

/** What comes next, as far as there is another season. */
function nextText(view: View, { reason, own, season }: Bar): string {
  if (reason !== "spared" && !own) return t("ui.moment.bar.held");
  if (isLastSeason(view, season)) return t("ui.moment.bar.last");
  return t(reason === "spared" ? "ui.moment.bar.spared.next" : "ui.moment.bar.next");
}

export function BarCard({ moment }: { moment: Bar }) {
  const { view } = useRoom();
  const { sold, bar, reason } = moment;
  return (
    <>
      <Banner title={barTitle(view, moment)} />
      {reason === "spared" ? null : <Stays moment={moment} />}
      <Card teeth={2}>
        <p>{inARow([reached(moment), insteadOf(view, moment)])}</p>
        {bar === undefined ? null : (
          <Ruler
            value={sold}
            bar={bar}
            most={Math.max(bar, sold) * 1.6}
            barName={t("ui.moment.market.must")}
            valueName={t("ui.moment.bar.it_sold")}
            gap={sold < bar ? t("ui.moment.bar.short", { n: number(bar - sold) }) : ""}
            tone="plain"
          />
        )}
        <p class="meta">{nextText(view, moment)}</p>
      </Card>
    </>
  );
}
