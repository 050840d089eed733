// The cutting mat that everything on the wall lies on: two grids, a frame with ticks, and the lines that one cuts by.
// The grids and the light are of the style sheet; these lines keep to a wall of 1920 × 1080 and fill any other.
import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

const darkened = signal(0); // by how many of the things that lie on it

/** Darken the mat for as long as something lies on it. A style sheet's `:has` would look through all of the wall. */
export function useDarkMat(): void {
  useLayoutEffect(() => {
    darkened.value += 1;
    return () => {
      darkened.value -= 1;
    };
  }, []);
}

export function Mat() {
  return (
    <div class={darkened.value > 0 ? "mat dark" : "mat"}>
      <svg class="mat-lines" aria-hidden="true" viewBox="0 0 1920 1080" preserveAspectRatio="xMidYMid slice">
        <path d="M520 1080L1600 0M1180 1080L1803 0" />
        <circle cx="1580" cy="770" r="250" />
      </svg>
    </div>
  );
}
