// One line above the question: what this season brings that this seat has not been asked before.
import { useRoom } from "../../store/context";
import { newNow } from "../../store/introduced";
import { has, t } from "../../texts";
import { introducedName } from "../../texts/introduced_name";
import { inARow, listed } from "../../texts/numbers";

const MOST = 2; // new things that are explained at once

export function SeasonNews() {
  const names = newNow(useRoom());
  if (names.length === 0) return null;
  const helps = names.map((name) => `command.${name}.help`).filter(has);
  return (
    <p class="note">
      {inARow([
        t("guide.new", { what: listed(names.map(introducedName)) }),
        ...helps.slice(0, MOST).map((key) => t(key)),
      ])}
    </p>
  );
}
