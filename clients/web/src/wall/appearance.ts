// How the wall looks: light unless the host or a key says otherwise, in the room's language unless the host chose
// another. What it is given is not kept: the same browser may be somebody's console.
import { useEffect } from "preact/hooks";
import { useKeys } from "../parts/controls/keys";
import { shownOf } from "../parts/results/scenes";
import { borrowed, type Language, language, size, theme } from "../prefs";
import { useRoom } from "../store/context";
import { speak } from "../texts";

const SIZES = [100, 115, 130];

export function useWallAppearance(): void {
  const { view } = useRoom();
  const shown = shownOf(view);
  const ofRoom = view.pieces("room")["language"] ?? view.pieces("class")["language"];
  const spoken = shown.language ?? (ofRoom as Language | undefined);
  useEffect(() => {
    document.documentElement.classList.add("on-wall");
    const before = { theme: theme.peek(), size: size.peek(), language: language.peek() };
    borrowed.value = true;
    return () => {
      document.documentElement.classList.remove("on-wall");
      theme.value = before.theme;
      size.value = before.size;
      void speak(before.language).then(() => {
        borrowed.value = document.documentElement.classList.contains("on-wall"); // by the wall that came next
      });
    };
  }, []);
  useEffect(() => {
    theme.value = shown.theme ?? "light";
  }, [shown.theme]);
  useEffect(() => void (spoken && speak(spoken)), [spoken]);
}

export function useAppearanceKeys(): void {
  const resize = (by: number): void => {
    size.value = SIZES[Math.min(SIZES.length - 1, Math.max(0, SIZES.indexOf(size.value) + by))] ?? 100;
  };
  useKeys({
    F: () => void document.documentElement.requestFullscreen?.(),
    D: () => {
      theme.value = theme.value === "dark" ? "light" : "dark";
    },
    "+": () => resize(1),
    "Shift++": () => resize(1),
    "-": () => resize(-1),
  });
}
