// What a host can do with a seat: move its venture, name it, give it a role before the start, let a bot play, free it.
// What is possible now is in the hand; a seat that can't be moved is told so by the server.
import { useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Confirm } from "../../parts/controls/sheet";
import { SeatPass } from "../../parts/page/seat_pass";
import type { Args, Failure } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import type { Seat } from "../../store/entities";
import { optionsOf, type Schema } from "../../store/legal";
import { spaceName, wholeName } from "../../store/names";
import { has, t } from "../../texts";
import { place } from "./seat_words";
import { swapped } from "./shuffle";

type Open = "move" | "rename" | "role" | undefined;

function offersFor(seat: Seat, form: Schema): Open[] {
  const fields = form.properties ?? {};
  return [
    ...(fields["space"] && seat.role === "maker" ? (["move"] as const) : []),
    "rename",
    ...(fields["role"] ? (["role"] as const) : []),
  ];
}

/** The command that changes a seat; `said` is what stands below once it was carried out. */
function useChange(seat: Seat, onDone: () => void) {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const [done, setDone] = useState("");
  const change = async (args: Args, said = ""): Promise<void> => {
    const answer = await room.send("host.seat", { seat: seat.id, ...args });
    setFailure(answer.error);
    setDone(answer.ok ? said : "");
    if (answer.ok) onDone();
  };
  return { change, failure, done };
}

export function Powers({ seat }: { seat: Seat }) {
  const room = useRoom();
  const [open, setOpen] = useState<Open>();
  const [freeing, setFreeing] = useState(false);
  const { change, failure, done } = useChange(seat, () => setOpen(undefined));
  const form = room.command("host.seat");
  const passes = optionsOf(room.command("host.seat_pass"), "seat", room.view.hand).includes(seat.id);
  const move = (space: number): Promise<void> =>
    change({ space }, t("ui.host.move.done", { space: spaceName(room.view, space) }));
  if (!form) return null;
  return (
    <div class="stack tight">
      <div class="row powers">
        {offersFor(seat, form).map((what) => (
          <Button key={what} on={open === what} onClick={() => setOpen(open === what ? undefined : what)}>
            {t(`ui.host.${what}`)}
          </Button>
        ))}
        <Button onClick={() => change({ bot: seat.by !== "bot" })}>
          {t(seat.by === "bot" ? "ui.host.bot.out" : "ui.host.bot.in")}
        </Button>
        {seat.name === undefined ? null : (
          <Button look="danger" onClick={() => setFreeing(true)}>
            {t("ui.host.remove.short")}
          </Button>
        )}
      </div>
      {open === "move" ? <Move seat={seat} onMove={move} /> : null}
      {open === "rename" ? <Rename seat={seat} onName={(name) => change({ name })} /> : null}
      {open === "role" ? <Role seat={seat} onRole={(role) => change({ role })} /> : null}
      {passes ? <SeatPass key={seat.id} seat={seat.id} /> : null}
      <Complaint failure={failure} />
      <p class="meta" role="status">
        {done}
      </p>
      {freeing ? <Free seat={seat} onClose={() => setFreeing(false)} /> : null}
    </div>
  );
}

function Move({ seat, onMove }: { seat: Seat; onMove: (space: number) => Promise<void> }) {
  const room = useRoom();
  const spaces = optionsOf(room.command("host.seat"), "space", room.view.hand).map(Number);
  const here = place(room, seat);
  return (
    <div class="row" role="group" aria-label={t("ui.host.move")}>
      {spaces
        .filter((space) => spaceName(room.view, space) !== here)
        .map((space) => (
          <Button key={space} onClick={() => onMove(space)}>
            {t("ui.host.move.to", { space: spaceName(room.view, space) })}
          </Button>
        ))}
    </div>
  );
}

function Rename({ seat, onName }: { seat: Seat; onName: (name: string) => Promise<void> }) {
  const { view } = useRoom();
  const [name, setName] = useState(seat.name ?? "");
  return (
    <form
      class="message"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void onName(name.trim());
      }}
    >
      <input
        aria-label={t("ui.host.rename.of", { name: wholeName(view, seat.id) })}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Button kind="submit" disabled={!name.trim()} onClick={() => undefined}>
        {t("ui.host.rename.do")}
      </Button>
    </form>
  );
}

function Role({ seat, onRole }: { seat: Seat; onRole: (role: string) => Promise<void> }) {
  const room = useRoom();
  const roles = optionsOf(room.command("host.seat"), "role", room.view.hand).map(String);
  return (
    <>
      <div class="row" role="group" aria-label={t("ui.host.role")}>
        {roles.map((role) => (
          <Button key={role} on={role === seat.role} onClick={() => onRole(role)}>
            {has(`role.${role}`) ? t(`role.${role}`) : role}
          </Button>
        ))}
      </div>
      <Swap key={seat.id} seat={seat} />
    </>
  );
}

/** Two seats swap their roles: there are as many of each as before. */
function Swap({ seat }: { seat: Seat }) {
  const room = useRoom();
  const others = room.view.all("seat").filter(({ role }) => role !== seat.role);
  const [other, setOther] = useState(others[0]?.id ?? 0);
  const [failure, setFailure] = useState<Failure>();
  const swap = async (): Promise<void> =>
    setFailure(
      (await room.send("host.deal", { order: [...swapped(room.view.all("seat").length, seat.id, other)] })).error,
    );
  if (others.length === 0 || !room.command("host.deal")) return null;
  return (
    <div class="row">
      <label>
        {t("ui.host.swap")}{" "}
        <select value={other} onChange={(event) => setOther(Number(event.currentTarget.value))}>
          {others.map(({ id, role }) => (
            <option key={id} value={id}>
              {t("ui.host.swap.option", {
                name: wholeName(room.view, id),
                role: has(`role.${role}`) ? t(`role.${role}`) : role,
              })}
            </option>
          ))}
        </select>
      </label>
      <Button onClick={swap}>{t("ui.host.swap.do")}</Button>
      <Complaint failure={failure} />
    </div>
  );
}

/** Return what freeing a seat does; a phone of a class comes back by itself, and so nobody would read a reason. */
function whatFreeingDoes(isBefore: boolean, isOfClass: boolean): string {
  if (isOfClass) return t("ui.host.remove.of_class");
  return t(isBefore ? "ui.host.remove.before" : "ui.host.remove.text");
}

function Free({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const room = useRoom();
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const isOfClass = !!room.view.pieces("room")["class"];
  const free = async (): Promise<boolean> => {
    const answer = await room.send("host.remove", {
      seat: seat.id,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    setFailure(answer.error);
    return answer.ok;
  };
  return (
    <Confirm
      title={t("ui.host.remove.title", { name: wholeName(room.view, seat.id) })}
      text={whatFreeingDoes(room.game.value.status === "lobby", isOfClass)}
      act={t("ui.host.remove")}
      danger
      onClose={onClose}
      onAct={free}
    >
      {isOfClass ? null : (
        <div class="field">
          <label>
            {t("ui.host.remove.reason")}
            <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          </label>
        </div>
      )}
      <Complaint failure={failure} />
    </Confirm>
  );
}
