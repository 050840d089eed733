// The cutting mat that everything on the wall lies on: two grids, a frame with ticks, and the lines that one cuts by.
// The grids and the light are of the style sheet; these lines keep to a wall of 1920 × 1080 and fill any other.

export function Mat() {
  return (
    <svg class="mat-lines" aria-hidden="true" viewBox="0 0 1920 1080" preserveAspectRatio="xMidYMid slice">
      <path d="M520 1080L1600 0M1180 1080L1803 0" />
      <circle cx="1580" cy="770" r="250" />
    </svg>
  );
}
