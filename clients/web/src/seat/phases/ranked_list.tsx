// A sealed list, best first: makers list investors, investors list ventures. Sent by the main button where it costs.
import type { ComponentChildren } from "preact";
import { Complaint } from "../../forms/form";
import { Ranking } from "../../parts/controls/ranking";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import { valueName } from "../../store/names";
import { t } from "../../texts";
import { useSealed } from "../question/choices";
import { Consequence } from "../question/consequence";

interface RankedProps {
  command: string;
  field: "investors" | "ventures";
  note: (option: number) => ComponentChildren;
  /** A list that costs is kept until the main button sends it. */
  costs?: boolean;
}

export function Ranked({ command, field, note, costs = false }: RankedProps) {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed(command, {}, !costs);
  const form = room.command(command);
  const options = optionsOf(form, field, view.hand).map(Number);
  const chosen = ((sealed.value?.[field] ?? []) as number[]).filter((option) => options.includes(option));
  return (
    <>
      <p class="meta">{t(costs ? `command.${command}.help` : "ui.rank.about")}</p>
      <Ranking
        options={options}
        chosen={chosen}
        most={form?.properties?.[field]?.maxItems ?? options.length}
        name={(option) => valueName(view, field, option)}
        note={note}
        below={t("ui.rank.below")}
        onChange={(list) => sealed.set({ [field]: list })}
      />
      {costs && chosen.length > 0 ? <Consequence command={command} args={{ [field]: chosen }} /> : null}
      <Complaint failure={sealed.failure} />
    </>
  );
}
