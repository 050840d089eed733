// Pitches at the door: whom an investor listens to, and what it knows so far of what that maker works on.
import { Complaint } from "../../../forms/form";
import { Card, Chosen } from "../../../parts/pictures/card";
import { Person } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import type { Room } from "../../../store/room";
import { t } from "../../../texts";
import { knownRange, Skills, VentureLine } from "../../question/about_people";
import { useSealed } from "../../question/choices";

/** Return the makers to whom this investor may listen now. */
export function speakersOf(room: Room): number[] {
  return optionsOf(room.command("hear_pitch"), "maker", room.view.hand).map(Number);
}

export function Pitches() {
  const sealed = useSealed("hear_pitch");
  const speakers = speakersOf(useRoom());
  if (speakers.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("command.hear_pitch")}</h2>
      <p class="meta">{t("command.hear_pitch.help")}</p>
      <div class="cards">
        {speakers.map((maker) => (
          <Speaker
            key={maker}
            maker={maker}
            chosen={sealed.value?.["maker"] === maker}
            onChoose={() => sealed.set({ maker })}
          />
        ))}
      </div>
      <Complaint failure={sealed.failure} />
    </section>
  );
}

function Speaker({ maker, chosen, onChoose }: { maker: number; chosen: boolean; onChoose: () => void }) {
  const room = useRoom();
  const venture = room.view.find("maker", maker)?.venture ?? 0;
  return (
    <Card teeth={1} chosen={chosen} onChoose={onChoose}>
      <span class="head">
        <span class="grow">
          <Person seat={maker} />
        </span>
        <Chosen on={chosen} />
      </span>
      <Skills seat={maker} />
      <VentureLine maker={maker} />
      {venture ? (
        <span class="facts">
          <span>
            {t("term.appeal")} <b class="mono">{knownRange(room, venture)}</b>
          </span>
        </span>
      ) : null}
    </Card>
  );
}
