// Ventures to look at and to make offers to, those of one's thesis first.
import { Button } from "../../../parts/controls/button";
import { Card } from "../../../parts/pictures/card";
import { useRoom } from "../../../store/context";
import { optionsOf } from "../../../store/legal";
import { mine } from "../../../store/own_seat";
import type { Room } from "../../../store/room";
import { t } from "../../../texts";
import { useSheet } from "../../around/sheet_address";
import { TargetHead } from "../../question/about_people";
import { Composer } from "../../tabs/offers";
import { LookButton } from "./paid_look";

/** Return ventures in the order in which this investor wants to read them. */
export function byThesis(room: Room, ventures: readonly number[]): number[] {
  const thesis = mine(room).investor?.thesis_sectors ?? [];
  const fit = (id: number): number => (thesis.includes(room.view.find("venture", id)?.sector ?? "") ? 1 : 0);
  return [...ventures].sort((one, other) => fit(other) - fit(one) || one - other);
}

export function Targets() {
  const room = useRoom();
  const { view } = room;
  const [offer, setOffer] = useSheet("terms");
  const looks = optionsOf(room.command("look"), "venture", view.hand).map(Number);
  const offers = optionsOf(room.command("send_terms"), "venture", view.hand).map(Number);
  const all = byThesis(room, [...new Set([...offers, ...looks])]);
  if (all.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.table.ventures")}</h2>
      <div class="cards">
        {all.map((id) => (
          <Card key={id} teeth={2}>
            <TargetHead id={id} />
            <div class="acts">
              <LookButton venture={id} />
              {offers.includes(id) ? (
                <Button look="ink" onClick={() => setOffer(id)}>
                  {t("ui.offer")}
                </Button>
              ) : null}
            </div>
          </Card>
        ))}
      </div>
      {offer === undefined || !offers.includes(offer) ? null : (
        <Composer party={{ venture: offer }} onClose={() => setOffer(undefined)} />
      )}
    </section>
  );
}
