// The seats, one line each: who asked for something first, then who is away, who still thinks, who is ready.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/button";
import { Confirm } from "../parts/sheet";
import { Token } from "../parts/tokens";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import type { Seat } from "../store/entities";
import type { Room } from "../store/room";
import { placeOf } from "../store/mine";
import { kindName, seatName, spaceName } from "../texts/names";
import { has, t, tn } from "../texts";

type State = "asks" | "away" | "thinking" | "ready" | "free";
const ORDER: readonly State[] = ["asks", "away", "thinking", "ready", "free"];

/** Return what the host's hand says a seat has asked for, if anything. */
function wish(room: Room, seat: number): string {
  const asked = (room.view.hand["ask"] ?? {}) as { readonly [seat: string]: { what?: string } };
  return asked[seat]?.what ?? "";
}

function stateOf(room: Room, seat: Seat): State {
  if (wish(room, seat.id)) return "asks";
  if (seat.by === "away") return "away";
  if (!seat.by) return "free";
  return seat.ready ? "ready" : "thinking";
}

export function Seats() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [removing, setRemoving] = useState<number>();
  const seats = room.view.all("seat").map((seat) => ({ seat, state: stateOf(room, seat) }));
  const sorted = [...seats].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.seat.id - other.seat.id);
  const count = (state: State): number => seats.filter((each) => each.state === state).length;
  const bots = seats.filter(({ seat }) => seat.by === "bot").length;
  const bot = async (seat: Seat): Promise<void> => setFailure((await room.send("host.seat", { seat: seat.id, bot: seat.by !== "bot" })).error);
  return (
    <>
      <p class="facts" role="status">
        <b>{t("ui.host.ready", { n: count("ready"), all: seats.length })}</b>
        <span>{tn("ui.host.thinking", count("thinking"))}</span>
        <span>{tn("ui.host.away", count("away"))}</span>
        <span>{tn("ui.host.bots", bots)}</span>
      </p>
      <Complaint failure={failure} />
      <table class="seats">
        <thead>
          <tr>
            {["seat", "role", "place", "state", "by", "do"].map((column) => (
              <th key={column} scope="col">
                {t(`ui.host.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ seat, state }) => (
            <tr key={seat.id}>
              <td class="name">
                <span class="person">
                  <span class="mono number">{String(seat.id).padStart(2, "0")}</span>
                  <Token seat={seat.id} small />
                  <bdi>{seatName(room.view, seat.id)}</bdi>
                </span>
              </td>
              <td>{roleOf(room, seat)}</td>
              <td>{place(room, seat)}</td>
              <td class={state === "away" ? "warn" : ""}>{state === "asks" ? t("ui.host.asks", { what: t(`choice.${wish(room, seat.id)}`) }) : t(`ui.host.state.${state}`)}</td>
              <td>{t(`ui.by.${seat.by ?? "nobody"}`)}</td>
              <td class="acts">
                <Button onClick={() => bot(seat)}>{t(seat.by === "bot" ? "ui.host.bot_out" : "ui.host.bot_in")}</Button>
                {seat.name === undefined ? null : (
                  <Button look="danger" label={t("ui.host.remove.title", { name: seatName(room.view, seat.id) })} onClick={() => setRemoving(seat.id)}>
                    {t("ui.host.remove.short")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {removing === undefined ? null : (
        <Confirm
          title={t("ui.host.remove.title", { name: seatName(room.view, removing) })}
          text={t("ui.host.remove.text")}
          act={t("ui.host.remove")}
          danger
          onClose={() => setRemoving(undefined)}
          onAct={async () => setFailure((await room.send("host.remove", { seat: removing })).error)}
        />
      )}
    </>
  );
}

function roleOf(room: Room, seat: Seat): string {
  const investor = room.view.find("investor", seat.id);
  const key = `role.${seat.role}`;
  if (investor) return kindName(investor.type, investor.speciality);
  return has(key) ? t(key) : seat.role;
}

function place(room: Room, seat: Seat): string {
  if (room.game.value.status === "lobby") return "";
  if (seat.role === "maker") return spaceName(room.view, placeOf(room, seat.id));
  if (seat.role === "operator") return spaceName(room.view, seat.id);
  const badges = room.view.find("investor", seat.id)?.badges ?? [];
  return badges.map((space) => spaceName(room.view, space)).join(", ");
}
