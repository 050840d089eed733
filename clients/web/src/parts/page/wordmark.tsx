// The name with its mark, and the line it stands in, on the pages before and after the game.

import { t } from "../../texts";
import { Sym } from "../pictures/sprite";
import { LanguageSwitch } from "./menu";

export function Wordmark({ as: Tag = "p", size = 28 }: { as?: "p" | "h1"; size?: number }) {
  return (
    <Tag class="wordmark">
      <Sym name="mark" size={size} /> {t("ui.brand")}
    </Tag>
  );
}

/** The first line of a page without a room: the name, and the languages. */
export function TopLine() {
  return (
    <div class="row spread masthead">
      <Wordmark />
      <LanguageSwitch short />
    </div>
  );
}
