// Of a table of a class: which table of which class this console leads, in its head and in the name of its tab, so that
// nobody with several of them leads the wrong one. The class is watched for it: a table's room knows its code alone.
import { useEffect, useState } from "preact/hooks";
import { aboutClass, tablesOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { useWatched } from "../../store/watched";
import { need, t } from "../../texts";

export function OfClass() {
  const { class: code = "" } = useRoom().view.pieces("room") as { class?: string };
  return code ? <Named code={code} /> : null;
}

function Named({ code }: { code: string }) {
  const room = useRoom();
  const [isReady, setReady] = useState(false);
  useEffect(() => void need("class").then(() => setReady(true)), []);
  const { view } = useWatched(code);
  const table = tablesOf(view).find((each) => each.room === room.code.value);
  const text =
    isReady && table ? `${t("ui.class.table", { n: table.number })} · ${aboutClass(view)?.name || code}` : "";
  const title = text ? `${text} · ${t("ui.console.page")} ${room.code.value} · Makersphere` : "";
  useEffect(() => {
    if (title) document.title = title;
  }, [title]);
  return text ? <b class="tag of-class">{text}</b> : null;
}
