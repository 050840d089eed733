// The name with its mark, on the pages before and after the game.
import { Sym } from "../parts/sprite";
import { language } from "../prefs";

export function Wordmark({ as: Tag = "p", size = 28 }: { as?: "p" | "h1"; size?: number }) {
  return (
    <Tag class="wordmark">
      <Sym name="mark" size={size} /> makersphere{language.value === "zh" ? " 创客圈" : ""}
    </Tag>
  );
}
