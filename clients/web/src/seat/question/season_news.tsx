// One line above the question: what this season brings that this seat has not been asked before.
import { useRoom } from "../../store/context";
import { newNow } from "../../store/introduced";
import { has, t } from "../../texts";
import { introducedName } from "../../texts/introduced_name";
import { inARow, listed } from "../../texts/numbers";

// commands of which the screen says itself what they do
const SAID_BELOW: readonly string[] = ["hear_pitch", "put_in"];
const MOST = 2; // new things that are explained at once

export function SeasonNews() {
  const names = newNow(useRoom());
  if (names.length === 0) return null;
  const unsaid = names.filter((name) => !SAID_BELOW.includes(name));
  const helps = unsaid.map((name) => `command.${name}.help`).filter(has);
  return (
    <p class="note">
      {inARow([
        t("guide.new", { what: listed(names.map(introducedName)) }),
        ...helps.slice(0, MOST).map((key) => t(key)),
      ])}
    </p>
  );
}
