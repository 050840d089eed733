// What is known of people and ventures, in a line or two: shared by the screens of several roles.
import { Part, SectorTile } from "../../parts/pictures/tokens";
import { Term } from "../../parts/words/term";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { isOpening } from "../../store/introduced";
import { SKILLS, seatName, spaceName, stageName, ventureName } from "../../store/names";
import type { Room } from "../../store/room";
import { t } from "../../texts";
import { Born } from "../tabs/born";
import { range, Tracks } from "../tabs/mine_tab";

export function Skills({ seat }: { seat: number }) {
  const skills = useRoom().view.find("maker", seat)?.skills ?? [];
  return (
    <p class="facts">
      {skills.map((level, index) => (
        <span key={index}>
          {t(`skill.${SKILLS[index]}`)} <b class="mono">{level}</b>
        </span>
      ))}
    </p>
  );
}

/** A maker's venture in one line. */
export function VentureLine({ maker }: { maker: number }) {
  const { view } = useRoom();
  const id = view.find("maker", maker)?.venture ?? 0;
  const venture = id ? view.find("venture", id) : undefined;
  if (!venture?.card) return null;
  const name = ventureName(view, id);
  return (
    <p class="row">
      <SectorTile sector={venture.sector} size={24} />
      <span>{name}</span>
      <Part stage={venture.stage} born={venture.born} size={24} name={name} />
    </p>
  );
}

/** Return between what a venture's appeal lies, as this seat knows; undefined where it knows nothing. */
export function knownSpan(room: Room, venture: number): { lo: number; hi: number } | undefined {
  const look = room.view.find("look", `${room.seat.value}:${venture}`);
  return look && { lo: Math.max(look.lo, look.list_lo), hi: Math.min(look.hi, look.list_hi) };
}

/** What this seat knows of a venture's appeal, and nothing where it knows nothing. */
export function knownRange(room: Room, venture: number): string {
  const span = knownSpan(room, venture);
  return span ? range(span.lo, span.hi) : "?";
}

export function TargetHead({ id }: { id: number }) {
  const room = useRoom();
  const { view } = room;
  const venture: Venture | undefined = view.find("venture", id);
  if (!venture) return null;
  const name = ventureName(view, id);
  return (
    <>
      <div class="head">
        <SectorTile sector={venture.sector} />
        <span class="name">{name}</span>
        <span class="number meta mono">#{id}</span>
        <Part stage={venture.stage} born={venture.born} name={name} />
      </div>
      <p class="facts">
        <span>{seatName(view, venture.lead)}</span>
        <span>{spaceName(view, venture.space)}</span>
        <span>{stageName(venture.stage)}</span>
        <Born venture={venture} />
        {isOpening(room) ? null : (
          <span>
            <Term word="difficulty" /> <b class="mono">{venture.difficulty}</b>
          </span>
        )}
        {room.role.value === "investor" ? (
          <span>
            <Term word="appeal" /> <b class="mono">{knownRange(room, id)}</b>
          </span>
        ) : null}
      </p>
      <Tracks tracks={venture.tracks} />
    </>
  );
}
