// A sheet lies over the page and its banner: what is known of a lost link is said on the sheet too.
import { useWhatIsKnown } from "../../parts/page/link_banner";
import { useRoom } from "../../store/context";
import { isLost } from "../../store/time";
import { t } from "../../texts";

export function LostNote() {
  const lost = isLost(useRoom());
  const known = useWhatIsKnown(lost);
  return lost ? <p class="banner warn">{t(known)}</p> : null;
}
