// Admission for investors (which spaces to serve) and operators (who gets the wild card).
import { Complaint } from "../forms/form";
import { Card, Chosen } from "../parts/card";
import { Person } from "../parts/tokens";
import { useRoom } from "../store/context";
import { optionsOf } from "../store/legal";
import { mine } from "../store/mine";
import { kindName, seatName, spaceName } from "../texts/names";
import { t } from "../texts";
import { sealedArgs, useSealed } from "./hooks";
import { Once } from "./once";
import { Screen } from "./screen";

export function AdmissionInvestor() {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("apply");
  const form = room.command("apply");
  const options = optionsOf(form, "spaces", view.hand).map(Number);
  const chosen = ((sealed.value?.["spaces"] ?? []) as number[]).filter((space) => options.includes(space));
  const most = form?.properties?.["spaces"]?.maxItems ?? options.length;
  const { investor } = mine(room);
  const toggle = (space: number): void => {
    const next = chosen.includes(space) ? chosen.filter((each) => each !== space) : [...chosen, space].slice(-most);
    sealed.set({ spaces: next });
  };
  return (
    <Screen question={t("question.admission.investor")} main={{ label: t(options.length > 0 ? "command.apply" : "ui.done") }} handled={["apply", "drop_badge"]}>
      {investor ? <p class="meta">{t("ui.your_credential", { n: investor.credential })}</p> : null}
      <Badges />
      <div class="cards">
        {options.map((space) => (
          <Card key={space} teeth={3} chosen={chosen.includes(space)} onChoose={() => toggle(space)}>
            <span class="head">
              <span class="name">{spaceName(view, space)}</span>
              <Chosen on={chosen.includes(space)} />
            </span>
            <span class="facts">
              <span>{t("ui.space.run_by", { operator: seatName(view, space) })}</span>
              <span>
                {t("term.investor_bar")} <b class="mono">{view.find("space", space)?.investor_bar ?? 0}</b>
              </span>
              <span>
                {t("term.desk")} <b class="mono">{view.find("space", space)?.stations ?? 0}</b>
              </span>
            </span>
          </Card>
        ))}
      </div>
      <Complaint failure={sealed.failure} />
    </Screen>
  );
}

/** Badges that are held: kept, unless handed back. */
function Badges() {
  const room = useRoom();
  const held = optionsOf(room.command("drop_badge"), "space", room.view.hand).map(Number);
  return (
    <div class="cards">
      {held.map((space) => (
        <Badge key={space} space={space} />
      ))}
    </div>
  );
}

function Badge({ space }: { space: number }) {
  const room = useRoom();
  const dropped = sealedArgs(room, "drop_badge", { space }) !== undefined;
  const name = spaceName(room.view, space);
  return (
    <Card teeth={3}>
      <span class="head">
        <span class="name">{t("ui.badge_at", { space: name })}</span>
        <span class="tag">{t(dropped ? "ui.badge.dropped" : "ui.badge.kept")}</span>
      </span>
      {dropped ? null : <Once command="drop_badge" args={{ space }} name={name} />}
    </Card>
  );
}

export function AdmissionOperator() {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("wild_card");
  const options = optionsOf(room.command("wild_card"), "seat", view.hand).map(Number);
  const { space } = mine(room);
  const homeless = options.filter((seat) => !isHere(seat));
  function isHere(seat: number): boolean {
    const maker = view.find("maker", seat);
    if (maker) return view.find("venture", maker.venture)?.space === space?.id && maker.venture !== 0;
    return view.find("investor", seat)?.badges?.includes(space?.id ?? 0) ?? false;
  }
  return (
    <Screen question={t("question.admission.operator")} main={{ label: sealed.own ? t("command.wild_card") : t("ui.nobody") }} handled={["wild_card"]}>
      {homeless.length === 0 ? <p class="note">{t("ui.wild_card.none")}</p> : <p class="meta">{t("command.wild_card.help")}</p>}
      <div class="cards">
        {homeless.map((seat) => {
          const chosen = sealed.value?.["seat"] === seat;
          const investor = view.find("investor", seat);
          const maker = view.find("maker", seat);
          const note = investor ? kindName(investor.type, investor.speciality) : t(`background.${maker?.background ?? "student"}`);
          return (
            <Card key={seat} teeth={1} chosen={chosen} onChoose={() => sealed.set({ seat })}>
              <span class="head">
                <span class="grow">
                  <Person seat={seat} note={note} />
                </span>
                <Chosen on={chosen} />
              </span>
            </Card>
          );
        })}
      </div>
      <Complaint failure={sealed.failure} />
    </Screen>
  );
}
