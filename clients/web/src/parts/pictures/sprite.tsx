// The symbols: one inline sprite on a 24 × 24 grid, drawn once in the page, used by name.

const FILLED: { readonly [name: string]: string } = {
  maker: "M12 1.5 21.1 6.75V17.25L12 22.5 2.9 17.25V6.75ZM12 8A4 4 0 1 0 12 16 4 4 0 1 0 12 8Z",
  investor: "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM10.5 7H13.5V17H10.5Z",
  operator: "M2 2H22V22H15V13H9V22H2Z",
  angel:
    "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM12 5.7A4.5 1.8 0 1 0 12 9.3 4.5 1.8 0 1 0 12 5.7ZM12 6.8A2.7.7 0 1 1 12 8.2 2.7.7 0 1 1 12 6.8ZM12 11.5A3 3 0 1 0 12 17.5 3 3 0 1 0 12 11.5Z",
  fund: "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM7 6.8H17V9.2H7ZM7 10.8H17V13.2H7ZM7 14.8H17V17.2H7Z",
  mentor: "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM12 4.5 15 12 12 19.5 9 12Z",
  professional: "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM7 6V17.5H18.5ZM9.3 11.5V15.2H13Z",
  industry: "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM6 17V8L10 11V8L14 11V8L18 11V17Z",
  health: "M9.5 3H14.5V9.5H21V14.5H14.5V21H9.5V14.5H3V9.5H9.5Z",
  energy: "M13.5 1.5 4 14H11L9.5 22.5 20 9.5H12.5Z",
  cog: "M10 2H14V5.1L16.2 6 18.4 3.8 21 6.4 18.9 8.6 19.8 10.8H22V13.2H19.8L18.9 15.4 21 17.6 18.4 20.2 16.2 18 14 18.9V22H10V18.9L7.8 18 5.6 20.2 3 17.6 5.1 15.4 4.2 13.2H2V10.8H4.2L5.1 8.6 3 6.4 5.6 3.8 7.8 6 10 5.1ZM12 8.5A3.5 3.5 0 1 0 12 15.5 3.5 3.5 0 1 0 12 8.5Z",
  heads:
    "M8 4A3.5 3.5 0 1 0 8 11 3.5 3.5 0 1 0 8 4ZM2 20A6 6 0 0 1 14 20ZM17 7A3 3 0 1 0 17 13 3 3 0 1 0 17 7ZM15.6 20A8 8 0 0 0 14 15.4 5 5 0 0 1 22 20Z",
  bars: "M3 14H7.5V21H3ZM9.8 9H14.2V21H9.8ZM16.5 3H21V21H16.5Z",
};

const DRAWN: { readonly [name: string]: string } = {
  host: "M5 22V2M5 3H20L16 8L20 13H5",
  learning:
    "M12 6.5C9.5 4.7 6.5 4.5 3 5V18.5C6.5 18 9.5 18.2 12 20 14.5 18.2 17.5 18 21 18.5V5C17.5 4.5 14.5 4.7 12 6.5ZM12 6.5V20",
  city: "M12 3A9 9 0 1 0 12 21 9 9 0 1 0 12 3ZM12 9.5A2.5 2.5 0 1 0 12 14.5 2.5 2.5 0 1 0 12 9.5ZM12 3V9.5M12 14.5V21M4.2 7.5 9.8 10.75M14.2 13.25 19.8 16.5M4.2 16.5 9.8 13.25M14.2 10.75 19.8 7.5",
  policy: "M5 2.5H15L19 6.5V21.5H5ZM8 8H13M8 12H15M14 16.5A1.5 1.5 0 1 0 14 19.5 1.5 1.5 0 1 0 14 16.5Z",
  admission: "M11 3H20V21H11M3 12H14M10 8 14 12 10 16",
  exchange: "M3 8H20M15 3.5 20 8 15 12.5M21 16H4M9 11.5 4 16 9 20.5",
  matching: "M3 6H10V10H14V6H21M3 18H10V14H14V18H21M10 10V14M14 10V14",
  incubation: "M3 20H21M5 20V14A7 7 0 0 1 19 14V20M12 7V3",
  market: "M3 9 5 4H19L21 9ZM5 9V20H19V9M9 20V13H15V20",
  appraisal: "M2 5H22M6 5V15L10.5 21M18 5V15L13.5 21M10 5V9M14 5V9",
  recap: "M20 12A8 8 0 1 1 16.5 5.4M20 3V8H15",
  now: "M4 12 10 18 20 6",
  table: "M3 3H21V21H3ZM3 9H21M9 3V21",
  mine: "M12 3A4.5 4.5 0 1 0 12 12 4.5 4.5 0 1 0 12 3ZM3 21A9 7.5 0 0 1 21 21",
  rules: "M5 3H19V21H5ZM9 8H15M9 12H15M9 16H13",
  menu: "M3 6H21M3 12H21M3 18H21",
  close: "M5 5 19 19M19 5 5 19",
  check: "M4 12.5 9.5 18 20 6",
  back: "M15 4 7 12 15 20",
  up: "M4 15 12 7 20 15",
  down: "M4 9 12 17 20 9",
  eye: "M2 12C6 5 18 5 22 12 18 19 6 19 2 12ZM12 9A3 3 0 1 0 12 15 3 3 0 1 0 12 9Z",
};

export function Sprite() {
  return (
    <svg aria-hidden="true" width="0" height="0" class="unseen">
      {Object.entries(FILLED).map(([name, path]) => (
        <symbol key={name} id={`s-${name}`} viewBox="0 0 24 24">
          <path d={path} fill-rule="evenodd" />
        </symbol>
      ))}
      {Object.entries(DRAWN).map(([name, path]) => (
        <symbol key={name} id={`s-${name}`} viewBox="0 0 24 24">
          <path d={path} fill="none" stroke="currentColor" stroke-width="2" />
        </symbol>
      ))}
      <symbol id="s-mark" viewBox="0 0 24 24">
        <path d="M12 2A10 10 0 0 0 12 22V16H16V8H12Z" />
        <path d="M12 2A10 10 0 0 1 12 22" fill="none" stroke="currentColor" stroke-width="2" />
      </symbol>
      <symbol id="s-food" viewBox="0 0 24 24">
        <path d="M20 4C10 4 4 9 4 18 13 19 20 14 20 4ZM6.3 19.1 13.7 11.7 12.3 10.3 4.4 18.2Z" fill-rule="evenodd" />
        <path d="M3 21 6 18" fill="none" stroke="currentColor" stroke-width="2" />
      </symbol>
      <symbol id="s-culture" viewBox="0 0 24 24">
        <path d="M12 1.5 20 9.5 12 17.5 4 9.5Z" />
        <path d="M12 17.5 10.5 20 13.5 22.5" fill="none" stroke="currentColor" stroke-width="2" />
      </symbol>
    </svg>
  );
}

/** Show a symbol of the sprite; it is a picture beside words, so screen readers pass it by. */
export function Sym({ name, size = 24, color }: { name: string; size?: number; color?: string }) {
  return (
    <svg class="sym" aria-hidden="true" width={size} height={size} style={color ? { color } : undefined}>
      <use href={`#s-${name}`} />
    </svg>
  );
}

const TRACK_SYMBOLS: { readonly [track: string]: string } = {
  technology: "cog",
  customers: "heads",
  network: "heads",
  business: "bars",
};

export function TrackSym({ track }: { track: string }) {
  return <Sym name={TRACK_SYMBOLS[track] ?? "cog"} size={20} />;
}
