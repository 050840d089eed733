// One line above the question: what this season brings that this seat has not been asked before.
import { useRoom } from "../../store/context";
import { newNow } from "../../store/introduced";
import { t } from "../../texts";
import { introducedName } from "../../texts/introduced_name";
import { listed } from "../../texts/numbers";

export function SeasonNews() {
  const names = newNow(useRoom());
  if (names.length === 0) return null;
  return <p class="note">{t("guide.new", { what: listed(names.map(introducedName)) })}</p>;
}
