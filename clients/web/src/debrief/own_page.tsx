// A person's own game as a page to keep: the server makes it, and it opens without a network. It has the own place, so
// it waits until the ranking is open.
import { useState } from "preact/hooks";
import { Complaint } from "../forms/form";
import { Button } from "../parts/controls/button";
import { isResultOpen, isSealed } from "../parts/results/scenes";
import type { Failure } from "../protocol/frames";
import { useRoom } from "../store/context";
import { held } from "../store/kept/held_seats";
import { homeOf, keepFile } from "../store/taking_home";
import { t } from "../texts";

export function OwnPage() {
  const room = useRoom();
  const [failure, setFailure] = useState<Failure>();
  const token = held("seat", room.code.value)?.token;
  if (!token || !isResultOpen(room) || isSealed(room.view)) return null;
  const keep = async (what: "mine" | "class"): Promise<void> =>
    setFailure(await keepFile(homeOf(room.code.value, what), token));
  return (
    <section class="stack tight">
      <Button onClick={() => keep("mine")}>{t("ui.debrief.own_page")}</Button>
      {room.view.single("room").page ? (
        <Button onClick={() => keep("class")}>{t("ui.debrief.class_page")}</Button>
      ) : null}
      <p class="meta">{t("ui.debrief.own_page.how")}</p>
      <Complaint failure={failure} />
    </section>
  );
}
