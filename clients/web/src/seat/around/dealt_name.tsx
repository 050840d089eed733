// Why somebody is called by two words: names are dealt in this room. A room keeps nowhere what was typed; a class has
// it in the list of its hosts.
import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import { need, t } from "../../texts";

export function DealtName() {
  const { view } = useRoom();
  const [spoken, setSpoken] = useState(false);
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  if (!spoken) return null;
  return <p class="banner">{t(view.pieces("room").class ? "ui.dealt_name.of_class" : "ui.dealt_name")}</p>;
}
