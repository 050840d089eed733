// Whether a venture is born; in the first season of a game that opens season by season only what is says so.

import { Term } from "../../parts/words/term";
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { isOpening } from "../../store/introduced";
import { dealsNow } from "../../store/own_seat";
import { t } from "../../texts";

export function Born({ venture }: { venture: Venture }) {
  const room = useRoom();
  const opening = isOpening(room);
  if (venture.born)
    return (
      <span>
        <Term word="born" />
      </span>
    );
  // what others have is shown as it was when the phase opened: one's own signature is known before
  if (dealsNow(room).some((deal) => deal.venture === venture.id)) return <span>{t("ui.born.signed")}</span>;
  return opening ? null : (
    <span>
      <Term word="unborn" />
    </span>
  );
}
