// A sector on paper: its symbol on a tile whose pattern says it without colour.
import { Sym } from "../parts/pictures/sprite";

const PATTERNS: { readonly [sector: string]: string } = {
  energy: "M2 0V8M6 0V8",
  learning: "M0 2H8M0 6H8",
  city: "M2 0V8M6 0V8M0 2H8M0 6H8",
  culture: "M0 0 8 8M-2 6 2 10M6 -2 10 2",
  food: "M8 0 0 8M-2 2 2 -2M6 10 10 6",
  health: "",
};

export function PatternTile({ sector, mm = 13 }: { sector: string; mm?: number }) {
  const id = `pattern-${sector}`;
  return (
    <span class="pattern-tile" style={{ width: `${mm}mm`, height: `${mm}mm` }}>
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
          {sector === "health" ? (
            <circle cx="4" cy="4" r="1.4" fill="#10231f" />
          ) : (
            <path d={PATTERNS[sector] ?? ""} stroke="#10231f" stroke-width="1" fill="none" />
          )}
        </pattern>
        <rect x="0.5" y="0.5" width="39" height="39" rx="6" fill={`url(#${id})`} stroke="#10231f" />
        <circle cx="20" cy="20" r="14" fill="#fff" stroke="#10231f" />
      </svg>
      <Sym name={sector} size={mm * 2} />
    </span>
  );
}
