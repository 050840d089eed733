// Symbols that only the console needs, on the sprite's 24 × 24 grid, so that no phone carries them.
const PATHS: { readonly [name: string]: string } = {
  help: "M8 8A4 4 0 1 1 12 12V15M12 18V21",
  time: "M12 3A9 9 0 1 0 12 21 9 9 0 1 0 12 3ZM12 7V12L16 15",
  role: "M4 8H17M13 4 17 8 13 12M20 16H7M11 12 7 16 11 20",
  away: "M5 3H14V21H5ZM14 12H22M18 8 22 12 18 16",
  waiting: "M4 12H6M11 12H13M18 12H20",
  ready: "M4 12.5 9.5 18 20 6",
  here: "M12 4A4 4 0 1 0 12 12 4 4 0 1 0 12 4ZM4 21A8 7 0 0 1 20 21",
  free: "M6 4V20M6 12H17V20",
  reveal: "M9 4 17 12 9 20",
  conceal: "M15 4 7 12 15 20",
  curtain: "M3 4H21M5 4V20M10 4V18M14 4V18M19 4V20",
  open: "M5 5H11M5 5V19H19V13M13 5H19V11M19 5 11 13",
  lock: "M5 11H19V21H5ZM8 11V7A4 4 0 0 1 16 7V11",
};

export function Icon({ name, size = 18 }: { name: string; size?: number }) {
  return (
    <svg class="sym" aria-hidden="true" width={size} height={size} viewBox="0 0 24 24">
      <path d={PATHS[name] ?? ""} fill="none" stroke="currentColor" stroke-width="2.4" />
    </svg>
  );
}
