// The market: how much was spent on me, beside whom, and what of it is mine; each step is one tap away.
import { useState } from "preact/hooks";
import { useInSight } from "../../../parts/controls/in_sight";
import { Card } from "../../../parts/pictures/card";
import { Person, SectorTile } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { inARow, number, percentOf, signed } from "../../../texts/numbers";
import type { Sale } from "../kinds";
import { Banner, Head, Moved, Row } from "./pieces";

function mineOf({ wage, dividend }: Sale): number {
  return wage + dividend;
}

function saleTitle(view: View, { venture, sold, full }: Sale): string {
  const name = ventureName(view, venture);
  if (sold === 0) return t("ui.moment.market.nothing", { venture: name });
  return t(full ? "ui.moment.market.first" : "ui.moment.market", { venture: name, sold: number(sold) });
}

function verdictOf({ bar, sold }: Sale): string {
  if (bar === undefined) return "";
  if (sold < bar) return t("ui.moment.market.danger", { bar, short: bar - sold });
  return t("ui.moment.market.safe", { bar, over: sold - bar });
}

export function saleSentence(view: View, moment: Sale): string {
  const { sold, spent, venture } = moment;
  const values = { venture: ventureName(view, venture), sold: number(sold), spent: number(spent) };
  const got = mineOf(moment) > 0 ? t("ui.moment.market.got", { n: number(mineOf(moment)) }) : "";
  return inARow([t("ui.moment.market.say", values), verdictOf(moment), got]);
}

export function SaleCard({ moment }: { moment: Sale }) {
  const { view } = useRoom();
  const { venture, sold, spent, price } = moment;
  const sector = view.find("venture", venture)?.sector ?? "";
  return (
    <>
      {moment.full ? <Banner title={saleTitle(view, moment)} /> : null}
      <Card teeth={2}>
        {moment.full ? (
          <p>
            <b class="score-points">{number(sold)}</b>{" "}
            {t("ui.moment.market.of", { spent: number(spent), sector: t(`sector.${sector}`) })}
          </p>
        ) : (
          <>
            <Head moment={moment} title={saleTitle(view, moment)} picture={<SectorTile sector={sector} size={48} />} />
            <p class="meta">{t("ui.moment.market.spent", { spent: number(spent), sector: t(`sector.${sector}`) })}</p>
          </>
        )}
        <Split moment={moment} sector={sector} />
        <p class="row spread">
          <b class={moment.bar !== undefined && sold < moment.bar ? "warn" : "good"}>{verdictOf(moment)}</b>
          <span class="meta">{t("ui.moment.market.price", { price: t(`price.${price}`) })}</span>
        </p>
      </Card>
      <Mine moment={moment} />
    </>
  );
}

interface SplitPart {
  key: string;
  name: string;
  amount: number;
  look: "own" | "rival" | "outside";
}

/** Return what was spent, by who got it. */
function partsOf(view: View, { sold, spent, rivals, venture }: Sale): SplitPart[] {
  const others = rivals.reduce((sum, rival) => sum + rival.sold, 0);
  const outside = Math.max(0, spent - sold - others);
  return [
    { key: "own", name: ventureName(view, venture), amount: sold, look: "own" as const },
    ...rivals.map((rival) => ({
      key: `${rival.venture}`,
      name: ventureName(view, rival.venture),
      amount: rival.sold,
      look: "rival" as const,
    })),
    { key: "outside", name: t("ui.moment.market.outside"), amount: outside, look: "outside" as const },
  ].filter(({ amount }) => amount > 0);
}

/** What was spent as one bar: mine, the others by name, the world outside, and the line that must be reached. */
function Split({ moment, sector }: { moment: Sale; sector: string }) {
  const { view } = useRoom();
  const { spent, bar } = moment;
  const parts = partsOf(view, moment);
  return (
    <>
      <p class="split" aria-hidden="true" style={{ "--own": `var(--${sector})` }}>
        {parts.map(({ key, amount, look }) => (
          <i key={key} class={look} style={{ flexGrow: amount }} />
        ))}
        {bar === undefined || spent === 0 ? null : (
          <u style={{ insetInlineStart: `${Math.min(100, (100 * bar) / spent)}%` }} />
        )}
      </p>
      <ul class="split-names" style={{ "--own": `var(--${sector})` }}>
        {parts.map(({ key, name, amount, look }) => (
          <li key={key}>
            <i class={look} aria-hidden="true" /> {name} <b class="amount">{number(amount)}</b>
          </li>
        ))}
        {bar === undefined ? null : (
          <li>
            <i class="line" aria-hidden="true" /> {t("ui.moment.market.must")} <b class="amount">{number(bar)}</b>
          </li>
        )}
      </ul>
    </>
  );
}

/** What came to me, and the way of the money. */
function Mine({ moment }: { moment: Sale }) {
  const { wage, dividend, credits, steps, sold } = moment;
  if (sold === 0) return null;
  const kept = steps["reserve"] ?? 0;
  return (
    <Card teeth={1}>
      <p class="row spread">
        <span>
          <span class="meta">{t("ui.moment.market.you_get")}</span>{" "}
          <b class="score-points good">{signed(mineOf(moment))}</b>
        </span>
        {credits ? (
          <span>
            <span class="meta">{t("ui.moment.market.credits")}</span> <Moved change={credits} />
          </span>
        ) : null}
      </p>
      <p>
        {inARow([
          wage > 0 ? t("ui.moment.market.wage", { n: wage }) : "",
          dividend > 0 ? t("ui.moment.market.dividend", { n: dividend }) : "",
          kept > 0 ? t("ui.moment.market.kept", { n: kept }) : "",
          mineOf(moment) > 0
            ? ""
            : t((steps["dividend"] ?? 0) > 0 ? "ui.moment.market.too_few" : "ui.moment.market.none_left"),
        ])}
      </p>
      <StepByStep moment={moment} />
    </Card>
  );
}

/** Each step of the money, one tap away; it comes into sight, as it lies below the fold of a small phone. */
function StepByStep({ moment }: { moment: Sale }) {
  const [open, setOpen] = useState(false);
  const shown = useInSight(open ? "steps" : "");
  return (
    <>
      <button
        type="button"
        class="button steps-key"
        aria-expanded={open}
        onClick={(click) => {
          click.stopPropagation(); // a tap elsewhere goes on
          setOpen(!open);
        }}
      >
        {t("ui.moment.market.where", { n: number(moment.sold) })}
      </button>
      <div ref={shown}>{open ? <Steps moment={moment} /> : null}</div>
    </>
  );
}

const STEPS = ["goods", "wage", "fee", "rent", "tax", "reserve", "dividend"];

/** One row for each step: what is left of it, and what went. */
function Steps({ moment: { sold, steps, holders } }: { moment: Sale }) {
  let left = sold;
  const gone = STEPS.filter((step) => (steps[step] ?? 0) > 0).map((step) => {
    const amount = steps[step] ?? 0;
    left = Math.max(0, left - amount);
    return { step, amount, left };
  });
  return (
    <>
      <ul class="ways">
        <Row name={t("ui.moment.market.pay")}>
          <b class="amount">{number(sold)}</b>
        </Row>
        {gone.map(({ step, amount, left: rest }) => (
          <li key={step} class="moment-row">
            <span class="grow">{t(`ui.outlook.step.${step}`)}</span>
            <span class="way" aria-hidden="true">
              <i style={{ width: `${percentOf(rest, Math.max(sold, 1))}%` }} />
              <u style={{ width: `${percentOf(amount, Math.max(sold, 1))}%` }} />
            </span>
            <b class="amount">{signed(-amount)}</b>
          </li>
        ))}
        {holders.map(({ seat, credits }) => (
          <Row key={seat} name={<Person seat={seat} />}>
            <b class="amount">{number(credits)}</b>
          </Row>
        ))}
      </ul>
      <p class="meta">
        {t("ui.moment.market.sum", { n: number(sold), parts: gone.map(({ amount }) => number(amount)).join(" + ") })}
      </p>
    </>
  );
}
