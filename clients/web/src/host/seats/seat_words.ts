// A seat in words: its role, its place on the table, when its people were seen last.
import type { Seat } from "../../store/entities";
import { kindName, spaceName } from "../../store/names";
import { placeOf } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { has, t, tn } from "../../texts";
import { listed } from "../../texts/numbers";
import { minutesAway } from "./seat_states";

export function seenText(room: Room, seat: Seat): string {
  const minutes = minutesAway(room, seat);
  if (minutes === undefined) return seat.by === "person" ? t("ui.host.seen.now") : "";
  return minutes === 0 ? t("ui.host.seen.just") : tn("ui.host.seen", minutes);
}

export function roleOf(room: Room, seat: Seat): string {
  const investor = room.view.find("investor", seat.id);
  const key = `role.${seat.role}`;
  if (investor) return kindName(investor.type, investor.speciality);
  return has(key) ? t(key) : seat.role;
}

export function place(room: Room, seat: Seat): string {
  if (room.game.value.status === "lobby") return "";
  if (seat.role === "maker") return spaceName(room.view, placeOf(room, seat.id));
  if (seat.role === "operator") return spaceName(room.view, seat.id);
  const badges = room.view.find("investor", seat.id)?.badges ?? [];
  return listed(badges.map((space) => spaceName(room.view, space)));
}
