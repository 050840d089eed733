// Somebody said no: who, why where a reason was given, and what may be done now.
import { Card } from "../../../parts/pictures/card";
import { Token } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { seatName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { isReason } from "../../offers/say_no";
import type { Declined } from "../kinds";
import { Head } from "./pieces";

export function declinedSentence(view: View, { whom, reason }: Declined): string {
  const who = seatName(view, whom);
  if (reason === "silent") return t("ui.moment.declined.silent", { who });
  return isReason(reason)
    ? t("ui.moment.declined.why", { who, why: t(`reason.${reason}`) })
    : t("ui.moment.declined", { who });
}

export function DeclinedCard({ moment }: { moment: Declined }) {
  const { view } = useRoom();
  const { whom, what, reason } = moment;
  return (
    <Card teeth={1}>
      <Head
        moment={moment}
        about={t(`ui.moment.declined.to.${what}`)}
        title={declinedSentence(view, moment)}
        picture={<Token seat={whom} />}
      />
      <p class="meta">{t(`ui.moment.declined.next${isReason(reason) || reason === "silent" ? `.${reason}` : ""}`)}</p>
    </Card>
  );
}
