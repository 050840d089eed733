// Policy for those who watch: what the world turned up, and what of it touches this seat.
import { Card } from "../../parts/pictures/card";
import { Sym } from "../../parts/pictures/sprite";
import { SectorTile } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { effectOf } from "../../store/effects";
import { isOpening } from "../../store/introduced";
import { ventureName } from "../../store/names";
import { mine } from "../../store/own_seat";
import type { Room } from "../../store/room";
import { has, t } from "../../texts";
import { Screen } from "../question/screen";
import { Aims } from "../tabs/aims";
import { Demand } from "../tabs/demand";

export function PolicyWatch() {
  const room = useRoom();
  const role = room.role.value;
  return (
    <Screen question={t(`question.policy.${role}`)} main={{ label: t("ui.got_it") }} handled={[]}>
      {room.game.value.season === 1 ? <Aims /> : null}
      <WorldCards />
      {isOpening(room) ? null : <Demand />}
    </Screen>
  );
}

export function WorldCards() {
  const room = useRoom();
  const world = room.view.single("world");
  if (!world.policy || !world.market) return null;
  return (
    <div class="cards">
      <Card>
        <Head kind="policy" card={world.policy} />
        <p class="meta">{text(`policy.${world.policy}.text`)}</p>
        <p>
          <b>{effectOf(room.view)}</b>
        </p>
        {world.effect === "tax" ? null : <p>{t("ui.tax", { rate: world.tax ?? 0 })}</p>}
      </Card>
      <Card>
        <Head kind="market" card={world.market} />
        <p class="meta">{text(`market.${world.market}.text`)}</p>
        <p class="row">
          <Moved sector={world.up ?? ""} sign="+" />
          <Moved sector={world.down ?? ""} sign="−" />
        </p>
      </Card>
      <ForYou />
    </div>
  );
}

function Head({ kind, card }: { kind: "policy" | "market"; card: string }) {
  return (
    <h2 class="card-band">
      <Sym name={kind} size={32} />
      <span>
        <span class="micro">{t(`ui.card.${kind}`)}</span> {text(`${kind}.${card}.name`)}
      </span>
    </h2>
  );
}

function text(key: string): string {
  return has(key) ? t(key) : "";
}

function Moved({ sector, sign }: { sector: string; sign: string }) {
  if (!sector) return null;
  return (
    <span class="person">
      <SectorTile sector={sector} size={28} />
      {t(`sector.${sector}`)} <b class={sign === "+" ? "good" : "bad"}>{sign}</b>
    </span>
  );
}

/** One line for this seat, if the market card touches what it has. */
function ForYou() {
  const room = useRoom();
  const line = forYou(room);
  if (!line) return null;
  return (
    <p class="note">
      <b>{t("ui.for_you")}</b> {line}
    </p>
  );
}

function forYou(room: Room): string {
  const { venture, investor } = mine(room);
  const { up = "", down = "" } = room.view.single("world");
  const sectors = venture ? [venture.sector] : (investor?.thesis_sectors ?? []);
  const better = sectors.find((sector) => sector === up);
  const worse = sectors.find((sector) => sector === down);
  const whose = venture ? ventureName(room.view, venture.id) : t("ui.your_thesis");
  if (better) return t("ui.for_you.up", { sector: t(`sector.${better}`), what: whose });
  if (worse) return t("ui.for_you.down", { sector: t(`sector.${worse}`), what: whose });
  return sectors.length > 0 ? t("ui.for_you.same") : "";
}
