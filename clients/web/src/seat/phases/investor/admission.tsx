// Admission for investors: which spaces to serve, and whose pitch to hear.
import { Complaint } from "../../../forms/form";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Term } from "../../../parts/words/term";
import { useRoom } from "../../../store/context";
import { isOpening } from "../../../store/introduced";
import { optionsOf } from "../../../store/legal";
import { seatName, spaceName } from "../../../store/names";
import { mine } from "../../../store/own_seat";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { useSealed } from "../../question/choices";
import { Screen } from "../../question/screen";
import { Pitches, speakersOf } from "./pitches";

export function AdmissionInvestor() {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed("apply");
  const form = room.command("apply");
  const options = optionsOf(form, "spaces", view.hand).map(Number);
  const chosen = ((sealed.value?.["spaces"] ?? []) as number[]).filter((space) => options.includes(space));
  const most = form?.properties?.["spaces"]?.maxItems ?? options.length;
  const { investor } = mine(room);
  const listens = options.length === 0 && speakersOf(room).length > 0;
  const hears = useSealed("hear_pitch").value?.["maker"] !== undefined;
  const asks = listens ? "listen" : (["none", "one"][options.length] ?? "");
  const toggle = (space: number): void => {
    const next = chosen.includes(space) ? chosen.filter((each) => each !== space) : [...chosen, space].slice(-most);
    sealed.set({ spaces: next });
  };
  return (
    <Screen
      question={t(`question.admission.investor${asks ? `.${asks}` : ""}`, {
        space: spaceName(view, options[0] ?? 0),
      })}
      main={{ label: t(chosen.length > 0 ? "command.apply" : hears ? "command.hear_pitch" : "ui.done") }}
      step={asks}
      handled={["apply", "hear_pitch"]}
    >
      {investor ? <Credential printed={investor.credential} /> : null}
      <Badges />
      <div class="cards">
        {options.map((space) => (
          <Door key={space} space={space} chosen={chosen.includes(space)} onChoose={() => toggle(space)} />
        ))}
      </div>
      <Complaint failure={sealed.failure} />
      <Pitches />
    </Screen>
  );
}

/** What doors judge: the printed credential, moved by past appraisals. */
function Credential({ printed }: { printed: number }) {
  const { view, seat } = useRoom();
  const n = view.find("credential", seat.value)?.score ?? printed;
  const key = n === printed ? "ui.your_credential" : "ui.your_credential.judged";
  return <p class="meta">{t(key, { n, printed })}</p>;
}

/** A space to serve: whose it is, what it asks of investors, and how many desks it has. */
function Door({ space, chosen, onChoose }: { space: number; chosen: boolean; onChoose: () => void }) {
  const room = useRoom();
  const { view, seat } = room;
  const found = view.find("space", space);
  const price = parameter(view, "admission", "badge_price");
  const credential = view.find("credential", seat.value)?.score ?? mine(room).investor?.credential ?? 0;
  const bar = view.find("credential", seat.value)?.bars[space] ?? found?.investor_bar ?? 0;
  return (
    <Card teeth={3} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <span class="name">{spaceName(view, space)}</span>
        <Chosen on={chosen} />
      </span>
      <span class="facts">
        <span>{t("ui.space.run_by", { operator: seatName(view, space) })}</span>
        <span>
          <Term word="investor_bar" /> <b class="mono">{bar}</b>{" "}
          {credential >= bar ? <b class="good">{t("ui.bar.enough")}</b> : null}
        </span>
        {price > 0 ? <span>{t("ui.badge.price", { n: price })}</span> : null}
        {isOpening(room) ? null : (
          <span>
            <Term word="desk" /> <b class="mono">{found?.stations ?? 0}</b>
          </span>
        )}
      </span>
    </Card>
  );
}

/** Badges that are held. */
function Badges() {
  const room = useRoom();
  const { investor } = mine(room);
  return (
    <div class="cards">
      {(investor?.badges ?? []).map((space) => (
        <Card key={space} teeth={3}>
          <span class="name">{t("ui.badge_at", { space: spaceName(room.view, space) })}</span>
        </Card>
      ))}
    </div>
  );
}
