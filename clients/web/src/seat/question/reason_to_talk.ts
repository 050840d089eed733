// One reason to get up and talk: whom to walk to, and why, read off the table alone. Another one in each phase.
import { faceName, faceOf } from "../../parts/pictures/faces/face";
import type { Seat, Venture } from "../../store/entities";
import { SKILLS, seatName, spaceName, TRACKS, trackName, ventureName } from "../../store/names";
import { isAlive, mine, placeOf } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { t, type Values } from "../../texts";

const PROMPTS = 4; // for whoever has nobody in particular to walk to
const WORTH_LEARNING = 2; // levels more than one's own

interface Reason {
  seat: number;
  text: string;
  values?: Values;
}

/** Return a sentence that says whom to walk to and why, of people before bots; else a prompt for everybody. */
export function reasonToTalk(room: Room): string {
  const { season = 0, phase_number = 0 } = room.game.value;
  const turn = season + phase_number + room.seat.value;
  const found = reasons(room).filter(({ seat }) => room.view.find("seat", seat)?.by === "person");
  const reason = found[turn % Math.max(1, found.length)];
  if (!reason) return t(`ui.talk.${(turn % PROMPTS) + 1}`);
  const seat = room.view.find("seat", reason.seat) as Seat;
  const who = { face: faceName(faceOf(seat)), name: seatName(room.view, seat.id) };
  return t(`ui.talk.${reason.text}`, { ...who, ...reason.values });
}

function reasons(room: Room): Reason[] {
  if (room.role.value === "maker") return [...skills(room), ...helpers(room), ...doors(room)];
  return room.role.value === "investor" ? ventures(room) : garage(room);
}

/** Makers who know what I know least, and least of what I know best. */
function skills(room: Room): Reason[] {
  const own = mine(room).maker;
  if (!own) return [];
  const [least, best] = [Math.min(...own.skills), Math.max(...own.skills)].map((level) => own.skills.indexOf(level));
  if (least === undefined || best === undefined) return [];
  return room.view
    .all("maker")
    .filter(
      ({ seat, skills: theirs }) =>
        seat !== own.seat && isWorth(theirs[least], own.skills[least]) && isWorth(own.skills[best], theirs[best]),
    )
    .map(({ seat }) => ({
      seat,
      text: "skills",
      values: { theirs: t(`skill.${SKILLS[least]}`), yours: t(`skill.${SKILLS[best]}`) },
    }));
}

function isWorth(more = 0, less = 0): boolean {
  return more >= less + WORTH_LEARNING;
}

/** Investors who bring what my venture lacks most, and have no deal with it this season. */
function helpers(room: Room): Reason[] {
  const { venture } = mine(room);
  if (!venture) return [];
  const track = lacking(venture);
  const name = ventureName(room.view, venture.id);
  return room.view
    .all("investor")
    .filter(({ seat, speciality }) => speciality === track && !isDealt(room, venture, seat))
    .map(({ seat }) => ({ seat, text: "helper", values: { track: trackName(track), venture: name } }));
}

/** Whoever runs a space, for a maker in the garage. */
function doors(room: Room): Reason[] {
  const { venture, seat } = mine(room);
  if (!venture || placeOf(room, seat)) return [];
  return room.view
    .all("space")
    .map(({ id }) => ({ seat: id, text: "door", values: { space: spaceName(room.view, id) } }));
}

/** Leads whose venture lacks most what this investor brings. */
function ventures(room: Room): Reason[] {
  const { investor, seat } = mine(room);
  return room.view
    .all("venture")
    .filter((venture) => isAlive(venture) && lacking(venture) === investor?.speciality && !isDealt(room, venture, seat))
    .map((venture) => ({
      seat: venture.lead,
      text: "venture",
      values: { venture: ventureName(room.view, venture.id), track: trackName(lacking(venture)) },
    }));
}

/** Leads in the garage, for whoever runs a space. */
function garage(room: Room): Reason[] {
  return room.view
    .all("venture")
    .filter((venture) => isAlive(venture) && !venture.space)
    .map(({ lead, id }) => ({ seat: lead, text: "garage", values: { venture: ventureName(room.view, id) } }));
}

function lacking({ tracks }: Venture): string {
  return TRACKS[tracks.indexOf(Math.min(...tracks))] ?? "technology";
}

function isDealt({ view, game }: Room, venture: Venture, investor: number): boolean {
  return view
    .all("deal")
    .some((deal) => deal.season === game.value.season && deal.venture === venture.id && deal.investor === investor);
}
