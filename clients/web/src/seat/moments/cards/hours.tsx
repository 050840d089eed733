// The hours: who comes, who does not and why, and in one sentence how it was decided.
import { Card } from "../../../parts/pictures/card";
import { Sym } from "../../../parts/pictures/sprite";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t, tn } from "../../../texts";
import { inARow, listed, percent } from "../../../texts/numbers";
import type { Hours } from "../kinds";
import { Head } from "./pieces";

function nameOf(view: View, { venture }: Hours, whom: number): string {
  return venture > 0 ? seatName(view, whom) : ventureName(view, whom);
}

const MOST_NAMES = 2; // that a title holds; the rows below have all

function hoursTitle(view: View, moment: Hours, most = MOST_NAMES): string {
  const { came, missed, venture } = moment;
  const side = venture > 0 ? "lead" : "investor";
  const names =
    came.length > most
      ? tn(`ui.moment.hours.many.${side}`, came.length)
      : listed(came.map(({ whom }) => nameOf(view, moment, whom)));
  if (came.length === 0) return t(`ui.moment.hours.none.${side}`);
  const no = missed.filter(({ reason }) => reason !== "unasked").length; // who was not asked has not refused
  return no > 0 ? tn(`ui.moment.hours.some.${side}`, no, { names }) : t(`ui.moment.hours.all.${side}`, { names });
}

function reasonOf(view: View, moment: Hours, { whom, reason }: Hours["missed"][number]): string {
  const side = moment.venture > 0 ? "lead" : "investor";
  return t(`ui.moment.hours.${reason}.${side}`, { who: nameOf(view, moment, whom) });
}

export function hoursSentence(view: View, moment: Hours): string {
  const hours = moment.came.reduce((sum, each) => sum + each.hours, 0);
  const told = hours > 0 ? tn("ui.moment.hours.in_all", hours) : "";
  return inARow([
    hoursTitle(view, moment, moment.came.length),
    told,
    ...moment.missed.map((each) => reasonOf(view, moment, each)),
  ]);
}

export function HoursCard({ moment }: { moment: Hours }) {
  const { view } = useRoom();
  const { came, missed, venture } = moment;
  return (
    <>
      <Card teeth={1}>
        <Head moment={moment} about={venture > 0 ? ventureName(view, venture) : ""} title={hoursTitle(view, moment)} />
        {came.map((each) => (
          <Comes key={each.whom} venture={venture} {...each} />
        ))}
        <ul>
          {missed.map((each) => (
            <li key={each.whom} class="moment-row stays">
              <div class="grow">
                <Whose venture={venture} whom={each.whom} />
                <p class="meta">{reasonOf(view, moment, each)}</p>
              </div>
              <Sym name="close" size={18} />
            </li>
          ))}
        </ul>
        {came.length === 0 ? <p>{t(`ui.moment.hours.none.${venture > 0 ? "lead" : "investor"}.next`)}</p> : null}
      </Card>
      <Card>
        <p class="meta">
          <b>{t("ui.moment.hours.how")}</b> {t("ui.moment.hours.how.text")}
        </p>
      </Card>
    </>
  );
}

/** Who comes with how many hours, and what they cost. */
function Comes({ venture, whom, hours, fee, shares = 0 }: { venture: number } & Hours["came"][number]) {
  return (
    <div class="comes">
      <Whose venture={venture} whom={whom} />
      <p class="pegs-line">
        <Pegs hours={hours} /> {tn("ui.moment.hours", hours)}
        {fee > 0 ? <span class="meta">{t("ui.moment.hours.fee_of", { n: fee })}</span> : null}
        {shares > 0 ? (
          <span class="meta">
            {t(`ui.moment.hours.shares.${venture > 0 ? "lead" : "investor"}`, { share: percent(shares) })}
          </span>
        ) : null}
      </p>
      <Sym name="check" size={22} color="var(--good)" />
    </div>
  );
}

function Whose({ venture, whom }: { venture: number; whom: number }) {
  const { view } = useRoom();
  return venture > 0 ? <Person seat={whom} /> : <b>{ventureName(view, whom)}</b>;
}

function Pegs({ hours }: { hours: number }) {
  return (
    <span class="pegs" aria-hidden="true">
      {Array.from({ length: hours }, (_, hour) => (
        <i key={hour} />
      ))}
    </span>
  );
}
