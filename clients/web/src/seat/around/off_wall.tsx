// That the own name is shown to hosts alone, and what everybody reads instead; fetched by those whom it is about.
import { useEffect, useState } from "preact/hooks";
import { useRoom } from "../../store/context";
import { wholeName } from "../../store/names";
import { need, t } from "../../texts";

export function OwnNameOffWall() {
  const room = useRoom();
  const [spoken, setSpoken] = useState(false);
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  if (!spoken || Object.keys(room.view.pieces("off_wall")).length === 0) return null;
  return (
    <p class="meta" role="status">
      {t("ui.off_wall", { name: wholeName(room.view, room.seat.value) })}
    </p>
  );
}
