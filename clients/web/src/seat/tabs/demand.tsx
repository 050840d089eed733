// What people would spend on a sector this season, and how that has moved: all in a list, one on an idea's card.
import { SectorTile } from "../../parts/pictures/tokens";
import { Term } from "../../parts/words/term";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { number, signed } from "../../texts/numbers";
import { ownStory } from "../moments/own_story";

export function Demand() {
  const room = useRoom();
  const { view } = room;
  const sectors = view.all("sector");
  const last = ownStory(room).lastDemand.value;
  const most = Math.max(1, ...sectors.map((sector) => sector.demand));
  if (sectors.length === 0) return null;
  return (
    <section class="stack tight">
      <h2>
        <Term word="demand" />
      </h2>
      <ul class="demand">
        {sectors.map((sector) => (
          <li key={sector.name}>
            <SectorTile sector={sector.name} size={28} />
            <span>{t(`sector.${sector.name}`)}</span>
            <span class="meter">
              <i style={{ width: `${(100 * sector.demand) / most}%`, background: `var(--${sector.name})` }} />
            </span>
            <b class="mono">{number(sector.demand)}</b>
            <Since now={sector.demand} last={last?.[sector.name]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How demand has moved since the season before, where this page has seen that. */
function Since({ now, last }: { now: number; last: number | undefined }) {
  if (last === undefined) return null;
  const moved = now - last;
  return (
    <span class={moved > 0 ? "meta good" : moved < 0 ? "meta bad" : "meta"}>
      {moved === 0 ? t("ui.demand.same") : signed(moved)} <span class="unseen">{t("ui.demand.since")}</span>
    </span>
  );
}

/** What people would spend on an idea's sector, and whether the season's card moves it; no word to learn. */
export function SectorDemand({ name }: { name: string }) {
  const room = useRoom();
  const { up, down } = room.view.single("world");
  const sector = room.view.all("sector").find((each) => each.name === name);
  const last = ownStory(room).lastDemand.value?.[name];
  if (!sector) return null;
  return (
    <span>
      {t("ui.demand.card", { n: number(sector.demand) })} <Since now={sector.demand} last={last} />{" "}
      {name === up ? <b class="good">{t("ui.demand.up")}</b> : null}
      {name === down ? <b class="bad">{t("ui.demand.down")}</b> : null}
    </span>
  );
}
