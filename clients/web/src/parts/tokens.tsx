// People as round tokens, sectors as tiles, a venture's stage as a part that is cut out quarter by quarter.
import { useView } from "../store/context";
import { seatName, stageName } from "../texts/names";
import { t } from "../texts";
import { PenRing, penOf } from "./pens";
import { Sym } from "./sprite";

/** Return what stands on a seat's token: its role, or an investor's kind. */
function useFace(seat: number): { symbol: string; color: string } {
  const view = useView();
  const role = view.find("seat", seat)?.role ?? "maker";
  const kind = role === "investor" ? view.find("investor", seat)?.type : undefined;
  const known = role === "maker" || role === "investor" || role === "operator";
  return { symbol: kind ?? (known ? role : "maker"), color: known ? `var(--${role})` : "var(--ink)" };
}

export function Token({ seat, small = false }: { seat: number; small?: boolean }) {
  const found = useView().find("seat", seat);
  const { symbol, color } = useFace(seat);
  return (
    <span class={small ? "token small" : "token"} style={{ color }} aria-hidden="true">
      <PenRing pen={penOf(found, seat)} />
      <Sym name={symbol} size={small ? 18 : 24} />
      {found?.by === "bot" || found?.by === "away" ? <span class="stand-in" /> : null}
    </span>
  );
}

/** A token with its name beside it. */
export function Person({ seat, note }: { seat: number; note?: string }) {
  const view = useView();
  return (
    <span class="person">
      <Token seat={seat} small />
      <span>
        <bdi>{seatName(view, seat)}</bdi>
        {note ? <span class="meta"> · {note}</span> : null}
      </span>
    </span>
  );
}

export function SectorTile({ sector, size = 32 }: { sector: string; size?: number }) {
  return (
    <span class="tile" style={{ background: `var(--${sector})`, width: `${size}px`, height: `${size}px` }} title={t(`sector.${sector}`)}>
      <Sym name={sector} size={Math.round(size * 0.62)} />
    </span>
  );
}

// lower left, lower right, upper right, upper left
const CELLS = [
  [3, 12],
  [12, 12],
  [12, 3],
  [3, 3],
] as const;

interface PartProps {
  stage: number;
  born: boolean;
  closed?: boolean;
  size?: number;
  name?: string;
}

/** The part: as many quarters as stages reached, dashed until it is born, apart when it is closed. */
export function Part({ stage, born, closed = false, size = 32, name }: PartProps) {
  const state = closed ? t("ui.part.closed") : t(born ? "ui.part.born" : "ui.part.unborn");
  const label = t("ui.part", { name: name ?? "", stage: stageName(stage), n: stage + 1, state });
  return (
    <svg class="part-picture" role="img" aria-label={label} width={size} height={size} viewBox="0 -4 24 28">
      {CELLS.slice(0, stage + 1).map(([x, y], index) => (
        <rect
          key={index}
          x={x}
          y={y}
          width="9"
          height="9"
          fill="currentColor"
          stroke="var(--surface)"
          stroke-width="1"
          opacity={closed ? 0.45 : 1}
          transform={closed ? `rotate(${index % 2 ? 8 : -8} ${x + 4.5} ${y + 4.5}) translate(${x < 12 ? -1.5 : 1.5} 0)` : undefined}
        />
      ))}
      {stage >= 3 && !closed ? <rect x="9" y="0" width="6" height="3" fill="currentColor" /> : null}
      {closed ? null : (
        <rect x="3" y="3" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray={born ? undefined : "3 2"} />
      )}
    </svg>
  );
}
