// Exchange for investors: a clinic for one maker, held by one tap.
import { Complaint } from "../../../forms/form";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { SKILLS, TRACKS } from "../../../store/names";
import { mine } from "../../../store/own_seat";
import { parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { Skills, VentureLine } from "../../question/about_people";
import { useAct } from "../../question/choices";
import { PeopleCards } from "../../question/people_cards";
import { Screen } from "../../question/screen";

export function ExchangeInvestor() {
  const room = useRoom();
  const { act, failure } = useAct();
  const options = optionsOf(room.command("clinic"), "maker", room.view.hand).map(Number);
  const own = mine(room).investor;
  const none = own?.clinic_used ? "ui.clinic.held" : own?.badges.length ? "ui.clinic.none" : "ui.clinic.no_badge";
  return (
    <Screen question={t("question.exchange.investor")} handled={["clinic"]}>
      {options.length ? <p class="meta">{t("command.clinic.help")}</p> : <p class="note">{t(none)}</p>}
      <Complaint failure={failure} />
      <PeopleCards
        seats={options}
        button={t("ui.teach")}
        facts={(seat) => (
          <>
            <Skills seat={seat} />
            <Lesson maker={seat} />
            <VentureLine maker={seat} />
          </>
        )}
        onChoose={(maker) => act("clinic", { maker })}
      />
    </Screen>
  );
}

/** What an hour teaches a maker: what this investor knows best, or of somebody who knows all of it what is lowest. */
function Lesson({ maker }: { maker: number }) {
  const room = useRoom();
  const { view } = room;
  const skills: readonly number[] = view.find("maker", maker)?.skills ?? [];
  const tracks: readonly string[] = TRACKS;
  const track = tracks.indexOf(mine(room).investor?.speciality ?? "");
  const isMentor = track < 0;
  const skill = isMentor ? skills.indexOf(Math.min(...skills)) : track;
  const before = skills[skill] ?? 0;
  const rises = before < parameter(view, "exchange", isMentor ? "mentor_below" : "clinic_below");
  const values = { skill: t(`skill.${SKILLS[skill]}`), before, after: before + 1 };
  return <p class={rises ? "" : "meta"}>{t(rises ? "ui.teach.learns" : "ui.teach.nothing", values)}</p>;
}
