// What a seat alone knows of its own aim, closed until it is asked for.
import { Secret } from "../../parts/controls/secret";
import { useRoom } from "../../store/context";
import { stageName } from "../../store/names";
import { mine } from "../../store/own_seat";
import { t } from "../../texts";
import { about } from "../../texts/numbers";

export function Aims() {
  const room = useRoom();
  const { maker, investor } = mine(room);
  if (maker?.ambition) {
    return (
      <Secret
        label={t("term.ambition")}
        text={about(t(`ambition.${maker.ambition}`), t(`ambition.${maker.ambition}.text`))}
      />
    );
  }
  const [first, second] = investor?.thesis_sectors ?? [];
  if (!investor || !first || !second) return null;
  const text = t("thesis.text", {
    first: t(`sector.${first}`),
    second: t(`sector.${second}`),
    stage: stageName(investor.thesis_stage ?? 0),
  });
  return <Secret label={t("term.thesis")} text={text} />;
}
