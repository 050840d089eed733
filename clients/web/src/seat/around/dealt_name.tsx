// Why somebody is called by two words: names are dealt in this room, and what was typed is kept nowhere.
import { useEffect, useState } from "preact/hooks";
import { need, t } from "../../texts";

export function DealtName() {
  const [spoken, setSpoken] = useState(false);
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  return spoken ? <p class="meta">{t("ui.dealt_name")}</p> : null;
}
