// Signed: the two pieces meet, the stamp falls; a birth is told on the whole screen.
import { useEffect } from "preact/hooks";
import { Card } from "../../../parts/pictures/card";
import { Token } from "../../../parts/pictures/tokens";
import { Term } from "../../../parts/words/term";
import { useRoom } from "../../../store/context";
import { seatName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { inARow, listed, number, percent, signed } from "../../../texts/numbers";
import { thud } from "../feel";
import type { Signed } from "../kinds";
import { useIsLive } from "../stage";
import { HoldOut } from "./handshake";
import { Banner, Head, Moved, Row } from "./pieces";

const WHOLE = 10_000;

/** Return what one side gives, in words. */
function given({ credits, hours }: Signed): string {
  const parts = [credits > 0 ? tn("ui.terms.credits", credits) : "", hours > 0 ? tn("ui.moment.hours", hours) : ""];
  return listed(parts.filter(Boolean));
}

function signedTitle(view: View, { venture, born }: Signed): string {
  return t(born ? "ui.moment.signed.born" : "ui.moment.signed", { venture: ventureName(view, venture) });
}

/** Return at how many credits the deal counts the whole venture. */
function worth({ credits, shares, hours }: Signed): number | undefined {
  return credits > 0 && shares > 0 && hours === 0 ? Math.round((credits * WHOLE) / shares) : undefined;
}

export function signedSentence(view: View, moment: Signed, seat: number): string {
  const { maker, investor, shares, keeps, again, grant = 0 } = moment;
  const who = investor === seat ? t("ui.moment.you") : seatName(view, investor);
  const values = { given: given(moment), who, shares: percent(shares) };
  const keeper = maker === seat ? "ui.moment.signed.keeps.you" : "ui.moment.signed.keeps.say";
  const kept = keeps === undefined ? "" : t(keeper, { who: seatName(view, maker), shares: percent(keeps) });
  const terms = again ? t("ui.moment.signed.yours", values) : t("ui.moment.signed.say", values);
  const paid = grant > 0 ? t("ui.moment.signed.grant.say", { n: grant }) : "";
  return inARow([signedTitle(view, moment), terms, kept, paid]);
}

export function SignedCard({ moment }: { moment: Signed }) {
  const { view, seat } = useRoom();
  const { shares } = moment;
  const live = useIsLive();
  useEffect(() => {
    if (live) thud(moment.born);
  }, []);
  const whole = worth(moment);
  return (
    <>
      {moment.full ? <Banner title={signedTitle(view, moment)} /> : null}
      <div class={live ? "pieces meet" : "pieces"}>
        <Sides moment={moment} />
        <span class="stamp">{t("ui.moment.signed.stamp")}</span>
      </div>
      {live ? <HoldOut to={seat.value === moment.maker ? moment.investor : moment.maker} /> : null}
      <Card teeth={2}>
        {moment.full ? null : <Head moment={moment} title={signedTitle(view, moment)} />}
        <p>
          {moment.again
            ? t("ui.moment.signed.yours", { given: given(moment), shares: percent(shares) })
            : t(whole === undefined ? "ui.moment.signed.terms" : "ui.moment.signed.worth", {
                given: given(moment),
                shares: percent(shares),
                whole: number(whole ?? 0),
              })}
        </p>
        <Changes moment={moment} />
      </Card>
    </>
  );
}

/** What else moved by it. */
function Changes({ moment: { till, credits, spirit, fee, grant = 0 } }: { moment: Signed }) {
  const others = till ? till.after - till.before - credits : 0;
  return (
    <ul>
      {others > 0 ? (
        <Row name={t("ui.moment.signed.others")}>
          <b class="amount">{signed(others)}</b>
        </Row>
      ) : null}
      {till ? (
        <Row name={t("ui.venture_credits")}>
          <Moved change={till} />
        </Row>
      ) : null}
      {grant > 0 ? (
        <Row name={t("ui.moment.signed.grant")}>
          <b class="amount good">{signed(grant)}</b>
        </Row>
      ) : null}
      {spirit && spirit.after !== spirit.before ? (
        <Row name={<Term word="spirit" />}>
          <Moved change={spirit} />
        </Row>
      ) : null}
      {fee > 0 ? (
        <Row name={t("ui.moment.hours.fee")}>
          <b class="amount">{fee}</b>
        </Row>
      ) : null}
    </ul>
  );
}

/** Two boards that fit into each other: the maker's with the tenon, the investor's with the slot. */
function Sides({ moment: { venture, maker, investor, keeps, holds, credits, hours } }: { moment: Signed }) {
  const { view, seat } = useRoom();
  const said = (what: string, side: number): string =>
    side === seat.value
      ? t(`ui.moment.signed.you_${what}`)
      : t(`ui.moment.signed.${what}`, { who: seatName(view, side), venture: ventureName(view, venture) });
  return (
    <>
      <span class="piece maker">
        <Token seat={maker} />
        <b class="piece-amount">{keeps === undefined ? number(credits || hours) : percent(keeps)}</b>
        <span class="meta">{said(keeps === undefined ? "gets" : "keeps", maker)}</span>
      </span>
      <span class="piece investor">
        <Token seat={investor} />
        <b class="piece-amount">{percent(holds)}</b>
        <span class="meta">{said("holds", investor)}</span>
      </span>
    </>
  );
}
