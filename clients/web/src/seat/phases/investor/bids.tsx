// Sealed bids: for each venture how many shares this investor asks for a package, or no bid.
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { boundsOf, optionsOf } from "../../../store/legal";
import { ventureName } from "../../../store/names";
import { packageOf, parameter } from "../../../store/rules";
import { t } from "../../../texts";
import { TargetHead } from "../../question/about_people";
import { useSealed } from "../../question/choices";
import { AuctionRule, type Block } from "../auction_words";
import { LookButton } from "./paid_look";
import { byWhatIsKnown } from "./targets";

const STEPS = { money: 100, hours: 50 };

export function Bids(block: Block) {
  const room = useRoom();
  const ventures = optionsOf(room.command(block.command), "venture", room.view.hand).map(Number);
  return (
    <>
      <AuctionRule module={block.module} />
      <div class="cards">
        {byWhatIsKnown(room, ventures).map((venture) => (
          <Bid key={venture} venture={venture} {...block} />
        ))}
      </div>
    </>
  );
}

function Bid({ venture, module, command, good }: Block & { venture: number }) {
  const room = useRoom();
  const { view } = room;
  const sealed = useSealed(command, { venture });
  const bounds = boundsOf(room.command(command), "shares");
  const first = Math.min(bounds.max, parameter(view, module, "reserve"));
  const asked = sealed.value?.["shares"];
  const name = ventureName(view, venture);
  return (
    <Card teeth={2} chosen={asked !== undefined}>
      <TargetHead id={venture} />
      {asked === undefined ? null : (
        <Stepper
          label={t(`ui.bid.${good}`, { amount: packageOf(view, good) })}
          value={Number(asked)}
          {...bounds}
          step={STEPS[good]}
          shares
          onChange={(shares) => sealed.set({ shares })}
        />
      )}
      <div class="acts">
        <LookButton venture={venture} />
        {asked === undefined ? (
          <Button look="ink" label={t("ui.bid.on", { venture: name })} onClick={() => sealed.set({ shares: first })}>
            {t("ui.bid")}
          </Button>
        ) : (
          <Button label={t("ui.bid.back.on", { venture: name })} onClick={() => sealed.set({})}>
            {t("ui.bid.back")}
          </Button>
        )}
      </div>
      <Complaint failure={sealed.failure} />
    </Card>
  );
}
