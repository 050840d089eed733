// Matching for investors: whom to back, what to offer, and to whom first.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/button";
import { Card } from "../../parts/card";
import { Ranking } from "../../parts/ranking";
import { Confirm } from "../../parts/sheet";
import { Stepper } from "../../parts/stepper";
import { useRoom } from "../../store/context";
import { boundsOf, optionsOf } from "../../store/legal";
import { mine } from "../../store/mine";
import { stageName, ventureName } from "../../texts/names";
import { percent } from "../../texts/numbers";
import { t } from "../../texts";
import { Consequence } from "../consequence";
import { useAct, useSealed } from "../hooks";
import { Halves, type Half } from "../halves";
import { knownRange, TargetHead } from "../facts";
import { Composer, Inbox } from "../offers";
import { Screen } from "../screen";

const HANDLED = ["look", "send_terms", "answer_terms", "post_package", "rank"];

export function MatchingInvestor() {
  const room = useRoom();
  const [half, setHalf] = useState<Half>("money");
  const hours = room.command("rank") !== undefined || room.command("post_package") !== undefined;
  const toHours = (): boolean => {
    setHalf("hours");
    return true;
  };
  if (half === "hours" && hours) return <Hours onHalf={setHalf} />;
  return (
    <Screen question={t("question.matching.investor")} main={hours ? { label: t("ui.to_hours"), act: toHours, stays: true } : { label: t("ui.done") }} handled={HANDLED}>
      {hours ? <Halves half={half} onChange={setHalf} /> : null}
      <Inbox />
      <Targets />
    </Screen>
  );
}

function Targets() {
  const room = useRoom();
  const { view } = room;
  const [look, setLook] = useState<number>();
  const [offer, setOffer] = useState<number>();
  const looks = optionsOf(room.command("look"), "venture", view.hand).map(Number);
  const offers = optionsOf(room.command("send_terms"), "venture", view.hand).map(Number);
  const all = [...new Set([...offers, ...looks])];
  const thesis = mine(room).investor?.thesis_sectors ?? [];
  const fit = (id: number): number => (thesis.includes(view.find("venture", id)?.sector ?? "") ? 1 : 0);
  return (
    <section class="stack tight">
      <h2>{t("ui.table.ventures")}</h2>
      <div class="cards">
        {all
          .sort((one, other) => fit(other) - fit(one) || one - other)
          .map((id) => (
            <Card key={id} teeth={2}>
              <TargetHead id={id} />
              <div class="acts">
                {looks.includes(id) ? <Button onClick={() => setLook(id)}>{t("command.look")}</Button> : null}
                {offers.includes(id) ? (
                  <Button look="ink" onClick={() => setOffer(id)}>
                    {t("ui.offer")}
                  </Button>
                ) : null}
              </div>
            </Card>
          ))}
      </div>
      {look === undefined ? null : <LookSheet venture={look} onClose={() => setLook(undefined)} />}
      {offer === undefined ? null : <Composer party={{ venture: offer }} onClose={() => setOffer(undefined)} />}
    </section>
  );
}

function LookSheet({ venture, onClose }: { venture: number; onClose: () => void }) {
  const room = useRoom();
  const { act, failure } = useAct();
  return (
    <Confirm
      title={`${t("command.look")}: ${ventureName(room.view, venture)}`}
      text={t("command.look.help")}
      act={t("command.look")}
      onClose={onClose}
      onAct={() => act("look", { venture })}
    >
      <Consequence command="look" args={{ venture }} />
      <Complaint failure={failure} />
    </Confirm>
  );
}

function Hours({ onHalf }: { onHalf: (half: Half) => void }) {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("rank");
  const form = room.command("rank");
  const options = optionsOf(form, "ventures", view.hand).map(Number);
  const chosen = ((sealed.value?.["ventures"] ?? []) as number[]).filter((id) => options.includes(id));
  return (
    <Screen question={t("question.matching.investor.hours")} main={{ label: t("command.rank") }} handled={HANDLED}>
      <Halves half="hours" onChange={onHalf} />
      <Package />
      <Ranking
        options={options}
        chosen={chosen}
        most={form?.properties?.["ventures"]?.maxItems ?? options.length}
        name={(id) => ventureName(view, id)}
        note={(id) => <RankNote id={id} />}
        below={t("ui.rank.below")}
        onChange={(ventures) => sealed.set({ ventures })}
      />
      <Complaint failure={sealed.failure} />
    </Screen>
  );
}

function RankNote({ id }: { id: number }) {
  const room = useRoom();
  const venture = room.view.find("venture", id);
  if (!venture) return null;
  return (
    <span class="facts">
      <span>{t(`sector.${venture.sector}`)}</span>
      <span>{stageName(venture.stage)}</span>
      <span>
        {t("term.appeal")} <b class="mono">{knownRange(room, id)}</b>
      </span>
    </span>
  );
}

/** The terms of a package of hours, for all to read once the phase has closed. */
function Package() {
  const room = useRoom();
  const schema = room.command("post_package");
  const sealed = useSealed("post_package");
  const { investor } = mine(room);
  if (!schema) return null;
  const value = (field: "fee" | "shares"): number => Number(sealed.value?.[field] ?? investor?.[field] ?? 0);
  const set = (field: "fee" | "shares", amount: number): void => sealed.set({ fee: value("fee"), shares: value("shares"), [field]: amount });
  return (
    <Card>
      <h2>{t("term.package")}</h2>
      <div class="stack tight">
        <Stepper label={t("field.fee")} value={value("fee")} {...boundsOf(schema, "fee")} onChange={(amount) => set("fee", amount)} />
        <Stepper label={t("field.shares")} value={value("shares")} {...boundsOf(schema, "shares")} step={50} note={percent(value("shares"))} onChange={(amount) => set("shares", amount)} />
        <Complaint failure={sealed.failure} />
      </div>
    </Card>
  );
}
