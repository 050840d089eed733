// Matching has two halves: money, bargained for, and hours, ranked.
import { Options } from "../parts/options";
import { t } from "../texts";

export type Half = "money" | "hours";

export function Halves({ half, onChange }: { half: Half; onChange: (half: Half) => void }) {
  return (
    <Options
      label={t("ui.halves")}
      options={(["money", "hours"] as const).map((value) => ({ value, label: t(`ui.half.${value}`) }))}
      value={half}
      onChange={onChange}
    />
  );
}
