// People as faces, sectors as tiles, a venture's stage as a part that is cut out quarter by quarter.
import { useView } from "../../store/context";
import { seatName, stageName } from "../../store/names";
import { t } from "../../texts";
import { Face, faceOf } from "./faces/face";
import { needsRing, PenRing, penOf } from "./pens";
import { Sym } from "./sprite";

/** Return the sign at a face: a seat's role, or an investor's kind. */
function useSign(seat: number): { symbol: string; color: string } {
  const view = useView();
  const role = view.find("seat", seat)?.role ?? "maker";
  const kind = role === "investor" ? view.find("investor", seat)?.type : undefined;
  const known = role === "maker" || role === "investor" || role === "operator";
  return { symbol: kind ?? (known ? role : "maker"), color: known ? `var(--${role})` : "var(--ink)" };
}

/** A seat's face with its role; a ring in its pen where somebody has chosen one, or another seat has the same face. */
export function Token({ seat, small = false }: { seat: number; small?: boolean }) {
  const found = useView().find("seat", seat);
  const { symbol, color } = useSign(seat);
  return (
    <span class={small ? "token small" : "token"} aria-hidden="true">
      {needsRing(found, seat) ? <PenRing pen={penOf(found, seat)} /> : null}
      <Face face={faceOf(found, seat)} size={small ? 32 : 40} />
      <span class="role-sign" style={{ color }}>
        <Sym name={symbol} size={small ? 13 : 16} />
      </span>
      {found?.by === "bot" || found?.by === "away" ? <span class="stand-in" /> : null}
    </span>
  );
}

/** A face with its name beside it. */
export function Person({ seat, note, own = false }: { seat: number; note?: string; own?: boolean }) {
  const view = useView();
  return (
    <span class="person">
      <Token seat={seat} small />
      <span>
        <bdi>{own ? t("ui.table.you") : seatName(view, seat)}</bdi>
        {note ? <span class="meta"> · {note}</span> : null}
      </span>
    </span>
  );
}

export function SectorTile({ sector, size = 32 }: { sector: string; size?: number }) {
  return (
    <span
      class="tile"
      style={{ background: `var(--${sector})`, width: `${size}px`, height: `${size}px` }}
      title={t(`sector.${sector}`)}
    >
      <Sym name={sector} size={Math.round(size * 0.62)} />
    </span>
  );
}

// lower left, lower right, upper right, upper left
const CELLS = [
  [4.2, 12.3],
  [12.3, 12.3],
  [12.3, 4.2],
  [4.2, 4.2],
] as const;
const CELL = 7.5;
const HOLE = 1.35;

interface Shape {
  stage: number;
  born: boolean;
  closed?: boolean | undefined;
}

/**
 * A part on a grid of 24: as many of four cells are filled as stages reached, each with a hole, within a dashed outline
 * until born; a product has a tenon; offcuts once closed.
 */
export function PartShape({ stage, born, closed = false }: Shape) {
  const kind = closed ? "closed" : born ? "born" : "unborn";
  return (
    <g class={`part-shape ${kind}`}>
      {stage >= 3 && !closed ? <rect class="tenon" x="8.8" y="0.6" width="6.4" height="3" /> : null}
      {closed ? null : (
        <rect
          class="outline"
          x="3"
          y="3"
          width="18"
          height="18"
          stroke-dasharray={born ? undefined : "2.6 1.9"}
          stroke-dashoffset="1.3"
        />
      )}
      {CELLS.map(([x, y], index) =>
        index <= stage ? (
          <g key={index} transform={closed ? offcut(x, y, index) : undefined}>
            <rect class="cell" x={x} y={y} width={CELL} height={CELL} />
            <circle class="hole" cx={x + CELL / 2} cy={y + CELL / 2} r={HOLE} />
          </g>
        ) : closed ? null : (
          <rect key={index} class="empty" x={x} y={y} width={CELL} height={CELL} />
        ),
      )}
    </g>
  );
}

function offcut(x: number, y: number, index: number): string {
  return `rotate(${index % 2 ? 8 : -8} ${x + 4.5} ${y + 4.5}) translate(${x < 12 ? -1.5 : 1.5} ${y < 12 ? -1.5 : 1.5})`;
}

export function Part({ size = 32, name, ...shape }: Shape & { size?: number; name?: string }) {
  const state = shape.closed ? t("ui.part.closed") : t(shape.born ? "ui.part.born" : "ui.part.unborn");
  const label = t("ui.part", { name: name ?? "", stage: stageName(shape.stage), n: shape.stage + 1, state });
  return (
    <svg class="part-picture" role="img" aria-label={label} width={size} height={size} viewBox="0 -4 24 28">
      <PartShape {...shape} />
    </svg>
  );
}
