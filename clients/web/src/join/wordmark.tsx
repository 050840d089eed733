// The name with its mark, on the pages before and after the game.
import { Sym } from "../parts/sprite";
import { language } from "../prefs";

export function Wordmark() {
  return (
    <p class="wordmark">
      <Sym name="mark" size={28} /> makersphere{language.value === "zh" ? " 创客圈" : ""}
    </p>
  );
}
