// Before the start: the way in, as large as the back row needs it, and everybody who has come, with face and name.
import { faceOf } from "../parts/pictures/faces/face";
import { FaceImage } from "../parts/pictures/faces/face_image";
import { Sym } from "../parts/pictures/sprite";
import { hasCome } from "../store/come";
import { useRoom } from "../store/context";
import type { Seat } from "../store/entities";
import { ROLES, wholeName } from "../store/names";
import { t, tn } from "../texts";
import { number } from "../texts/numbers";
import { highest, LARGE_CLASS, type Written, written } from "./lobby_names";
import { WayIn } from "./way_in";

export function Lobby() {
  const { view, game } = useRoom();
  const seats = view.all("seat");
  // the head has its name alone, and no word of a rehearsal or a game that runs
  const isBare = game.value.status !== "running" && !view.pieces("room")["rehearsal"];
  return (
    <div class={seats.length > LARGE_CLASS ? "wall-lobby crowded" : "wall-lobby"}>
      <WayIn>{t("ui.wall.how")}</WayIn>
      <div class={isBare ? "who-came beside-wordmark" : "who-came"}>
        <Roles seats={seats} />
        <Faces seats={seats} />
      </div>
    </div>
  );
}

/** How many there are of each role, and how many have come. */
function Roles({ seats }: { seats: readonly Seat[] }) {
  const come = seats.filter(hasCome).length;
  const played = ROLES.filter((role) => seats.some((seat) => seat.role === role));
  return (
    <div class="who-head">
      {played.length === 0 ? null : (
        <ul class="board">
          {played.map((role) => (
            <li key={role}>
              <Sym name={role} size={44} color={`var(--${role})`} />{" "}
              {tn(`ui.wall.roles.${role}`, seats.filter((seat) => seat.role === role).length)}
            </li>
          ))}
        </ul>
      )}
      <p class="board wall-count">{t("ui.wall.come", { n: number(come), all: number(seats.length) })}</p>
    </div>
  );
}

const DRAWN_TO = 63; // more are only counted
/** How many stand in a row, and how large: by how many there are at most. */
const GRIDS = [
  { upTo: 6, columns: 3, rows: 2, face: 260, text: 52 },
  { upTo: 8, columns: 4, rows: 2, face: 240, text: 44 },
  { upTo: 12, columns: 4, rows: 3, face: 180, text: 44 },
  { upTo: 20, columns: 5, rows: 4, face: 132, text: 36 },
  { upTo: 25, columns: 5, rows: 5, face: 114, text: 30 },
  { upTo: 30, columns: 6, rows: 5, face: 114, text: 32 },
  { upTo: 42, columns: 7, rows: 6, face: 92, text: 28 },
  { upTo: DRAWN_TO, columns: 9, rows: 7, face: 80, text: 28 },
] as const;
const MOST_TURNED = 5; // degrees

/** Everybody as a sticker with a name tag, in the order of the seats; where a seat is free, its outline. */
function Faces({ seats }: { seats: readonly Seat[] }) {
  const { view } = useRoom();
  const grid = GRIDS.find(({ upTo }) => seats.length <= upTo);
  if (!grid) return null;
  const names = new Map(seats.filter(hasCome).map(({ id }) => [id, written(grid, wholeName(view, id))] as const));
  const high = highest([...names.values()]);
  const sizes = { "--columns": grid.columns, "--rows": grid.rows, "--face": grid.face, "--tag": grid.text };
  const style = high ? { ...sizes, "--high": high } : sizes;
  return (
    <ul class={high ? "wall-people two-lines" : "wall-people"} style={style}>
      {seats.map((seat) => {
        const name = names.get(seat.id);
        return (
          <li key={seat.id} class={name ? "come" : "chair"}>
            {name ? (
              <>
                <svg class="strokes" aria-hidden="true" viewBox="0 0 100 100">
                  <path d="M8 22L-6 10M92 22L106 10M2 52H-14M98 52H114" />
                </svg>
                <svg class="face" aria-hidden="true" viewBox="0 0 100 100" style={{ rotate: `${turnOf(seat.id)}deg` }}>
                  <FaceImage face={faceOf(seat, seat.id)} size={100} />
                </svg>
                <NameTag role={seat.role} name={name} />
              </>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/**
 * Who it is: the letters of a long name are closer together, it has more lines, and smaller letters, and less beside
 * them, and only then is it cut. The sign of the role gives way where that makes the name whole.
 */
function NameTag({ role, name: { lines, size, isSlim, isTight, spacing } }: { role: string; name: Written }) {
  const look = `${lines.length > 1 ? " high" : ""}${isSlim ? " slim" : ""}${isTight ? " tight" : ""}`;
  return (
    <span class={`name-tag${look}`}>
      <i style={{ background: `var(--${role})` }}>
        <Sym name={role} size={24} />
      </i>
      <bdi style={{ fontSize: `calc(${size} * var(--u))`, letterSpacing: `calc(${spacing} * var(--u))` }}>
        {lines.join("\n")}
      </bdi>
    </span>
  );
}

function turnOf(seat: number): number {
  return ((seat * 7) % (2 * MOST_TURNED + 1)) - MOST_TURNED;
}
