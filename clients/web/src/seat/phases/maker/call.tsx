// Calling for bids: whose may win, and the most shares that the venture gives.
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Options } from "../../../parts/controls/options";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import type { Args } from "../../../protocol/frames";
import { useRoom } from "../../../store/context";
import { boundsOf, optionsOf } from "../../../store/legal";
import { valueName } from "../../../store/names";
import { packageOf, parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { useSealed } from "../../question/choices";
import { AuctionRule, type Block } from "../auction_words";

const STEPS = { money: 100, hours: 50 };

export function Call({ module, command, good }: Block) {
  const room = useRoom();
  const { view } = room;
  const schema = room.command(command);
  const sealed = useSealed(command);
  const sort = good === "money" ? "kind" : "track";
  const sorts = optionsOf(schema, sort, view.hand).map(String);
  const bounds = boundsOf(schema, "shares");
  const shares = Number(sealed.value?.["shares"] ?? Math.min(bounds.max, parameter(view, module, "reserve")));
  const chosen = String(sealed.value?.[sort] ?? sorts[0] ?? "");
  const call = { sort, sorts, chosen, shares, bounds };
  if (!schema) return null;
  return (
    <>
      <AuctionRule module={module} />
      <Card>
        {sealed.value ? (
          <Called {...call} good={good} onCall={sealed.set} />
        ) : (
          <div class="row spread">
            <span class="meta">{t(`ui.call.none.${good}`)}</span>
            <Button onClick={() => sealed.set({ [sort]: chosen, shares })}>{t(`command.${command}`)}</Button>
          </div>
        )}
        <Complaint failure={sealed.failure} />
      </Card>
    </>
  );
}

interface CalledProps {
  good: Block["good"];
  /** Whose bids are asked for goes by kind where it is money, and by track where it is hours. */
  sort: string;
  sorts: readonly string[];
  chosen: string;
  shares: number;
  bounds: { min: number; max: number };
  onCall: (args: Args) => void;
}

function Called({ good, sort, sorts, chosen, shares, bounds, onCall }: CalledProps) {
  const { view } = useRoom();
  return (
    <div class="stack">
      <Stepper
        label={t(`ui.call.${good}`, { amount: packageOf(view, good) })}
        value={shares}
        {...bounds}
        step={STEPS[good]}
        shares
        onChange={(most) => onCall({ [sort]: chosen, shares: most })}
      />
      <Options
        label={t(`ui.call.${sort}`)}
        options={sorts.map((value) => ({ value, label: valueName(view, sort, value) }))}
        value={chosen}
        onChange={(value) => onCall({ [sort]: value, shares })}
      />
    </div>
  );
}
