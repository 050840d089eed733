// A sealed list, best first: makers list investors, investors list ventures. Sent by the main button where it costs.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Ranking } from "../../parts/controls/ranking";
import type { Args } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import { valueName } from "../../store/names";
import { t } from "../../texts";
import { type Sealed, useForesight, useSealed } from "../question/choices";
import { Consequence } from "../question/consequence";

interface RankedProps {
  /** The order in which the list is proposed, where it is another than the server's default. */
  proposed?: (options: readonly number[]) => number[];
  command: string;
  field: "investors" | "ventures";
  note: (option: number) => ComponentChildren;
  /** A list that costs is kept until the main button sends it. */
  costs?: boolean;
  /** What else is said, below the list: the list itself is in sight on a small phone. */
  children?: ComponentChildren;
}

/** Propose an order of one's own in place of the default; what a person sees chosen is what counts, so it is sealed. */
function useProposed(chosen: readonly number[], sealed: Sealed, { field, proposed }: RankedProps): void {
  const wanted = [...(proposed?.(chosen) ?? chosen)];
  const differs = !sealed.own && wanted.some((option, place) => option !== chosen[place]);
  useEffect(() => {
    if (differs) sealed.set({ [field]: wanted });
  }, [differs]);
}

export function Ranked(props: RankedProps) {
  const { command, field, note, costs = false, children } = props;
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed(command, {}, !costs);
  const form = room.command(command);
  const options = optionsOf(form, field, view.hand).map(Number);
  const chosen = ((sealed.value?.[field] ?? []) as number[]).filter((option) => options.includes(option));
  useProposed(chosen, sealed, props);
  return (
    <>
      <p class="meta">{t(field === "investors" ? "ui.rank.how.maker" : "ui.rank.how.investor")}</p>
      <Ranking
        options={options}
        chosen={chosen}
        most={form?.properties?.[field]?.maxItems ?? options.length}
        name={(option) => valueName(view, field, option)}
        note={note}
        below={t("ui.rank.below")}
        onChange={(list) => sealed.set({ [field]: list })}
      />
      <p class="meta">{t("ui.rank.about")}</p>
      {children}
      {costs && chosen.length > 0 ? <Cost command={command} args={{ [field]: chosen }} /> : null}
      <Complaint failure={sealed.failure} />
    </>
  );
}

/** What handing a list in costs, and what one has left then. */
function Cost({ command, args }: { command: string; args: Args }) {
  const search = useForesight(command, args)?.numbers["search"];
  return (
    <>
      {search ? <p class="meta">{t("ui.rank.cost", { n: search })}</p> : null}
      <Consequence command={command} args={args} />
    </>
  );
}
