// What a host will get, in words: how the class is seated, and how the game fits into the lesson. A warning is no wall.
import { Button } from "../../parts/controls/button";
import { has, t, tn } from "../../texts";
import { type Offer, type Seated, thinRoles } from "./class_size";
import type { RoomWish } from "./room_wish";

/** Return how long a scenario plays at a pace, in seconds by its clocks. */
function clocks(offer: Offer, scale: number, practice: boolean): number {
  return ((offer.play_s + (practice ? offer.play_s / offer.seasons : 0)) * (scale || 100)) / 100;
}

export function playMinutes(offer: Offer, scale: number, practice: boolean): number {
  return Math.round(clocks(offer, scale, practice) / 60);
}

/** Return how many minutes of a lesson a scenario takes, with all that no clock counts. */
export function lessonMinutes(offer: Offer, scale: number, practice: boolean): number {
  const beside = offer.lesson_s - offer.play_s + (practice ? offer.between_s : 0);
  return Math.round((clocks(offer, scale, practice) + beside) / 60);
}

function scenarioName(name: string): string {
  return has(`scenario.${name}`) ? t(`scenario.${name}`) : name;
}

export function ClassInWords({ seated, offer }: { seated: Seated | undefined | null; offer: Offer | undefined }) {
  if (seated === null) return <p class="note">{t("ui.create.unanswered")}</p>;
  if (seated === undefined) return <p class="note class-words">…</p>;
  const roles = Object.entries(seated.roles).filter(([, count]) => count > 0);
  const [fewest, most] = offer?.made_for ?? [seated.people, seated.people];
  return (
    <div class="note class-words stack tight" role="status">
      <p>
        <b>
          {roles
            .map(([role, count]) =>
              has(`ui.create.role.${role}`) ? tn(`ui.create.role.${role}`, count) : `${count} × ${role}`,
            )
            .join(" · ")}
        </b>
      </p>
      <p>
        {[
          tn("ui.create.seats_word", seated.seats),
          seated.bots ? tn("ui.create.bots", seated.bots) : t("ui.create.bots.none"),
          seated.shared ? tn("ui.create.shared", seated.shared) : t("ui.create.shared.none"),
        ].join(" · ")}
      </p>
      {thinRoles(seated, offer?.roles ?? {}).map((role) => (
        <p key={role} class="warn">
          {t("ui.create.thin", { role: t(`role.${role}`) })}
        </p>
      ))}
      {seated.people < fewest || seated.people > most ? (
        <p class="warn">{t("ui.create.size", { min: fewest, max: most })}</p>
      ) : null}
    </div>
  );
}

const TALK_LEAST = 1 / 3; // of the time that the game takes: less is worth a word

interface LessonProps {
  wish: RoomWish;
  offers: readonly Offer[];
  onTake: (scenario: string) => void;
}

export function LessonInWords({ wish, offers, onTake }: LessonProps) {
  const offer = offers.find(({ name }) => name === wish.scenario);
  if (!offer || offer.play_s === 0) return null;
  const play = playMinutes(offer, wish.scale, wish.practice);
  const takes = lessonMinutes(offer, wish.scale, wish.practice);
  const talk = wish.lesson - takes;
  if (wish.scale === 0 || wish.closes === "host") return <p class="note">{t("ui.create.plan.untimed", { play })}</p>;
  if (talk >= TALK_LEAST * takes) return <p class="note">{t("ui.create.plan", { play, takes, talk })}</p>;
  const shorter = fitting(wish, offers);
  if (!shorter) return <p class="note warn">{t("ui.create.plan.long", { play, takes })}</p>;
  return (
    <div class="note stack tight">
      <p class="warn">
        {t("ui.create.plan.tight", { play, takes, talk: Math.max(0, talk), shorter: scenarioName(shorter) })}
      </p>
      <Button onClick={() => onTake(shorter)}>{t("ui.create.take", { scenario: scenarioName(shorter) })}</Button>
    </div>
  );
}

/** Return the longest scenario that leaves enough time to talk. */
function fitting(wish: RoomWish, offers: readonly Offer[]): string | undefined {
  const minutes = (offer: Offer): number => lessonMinutes(offer, wish.scale, wish.practice);
  const short = offers.filter((offer) => offer.play_s > 0 && (1 + TALK_LEAST) * minutes(offer) <= wish.lesson);
  return short.sort((one, other) => minutes(other) - minutes(one))[0]?.name;
}
