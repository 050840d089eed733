// Cards to lie on the tables, two to a page: the room's code and address to type, a line for the Wi-Fi, and what to try
// on a phone that reaches nothing, in order.
import { NetworkSteps } from "../parts/page/network_card";
import { Wordmark } from "../parts/page/wordmark";
import { useRoom } from "../store/context";
import { addressOf, codeOf } from "../store/join_address";
import { t } from "../texts";
import "./network_cards.css";

export function NetworkCards() {
  return (
    <section class="print-sheet network-page">
      <NetworkCard />
      <NetworkCard />
    </section>
  );
}

function NetworkCard() {
  const room = useRoom();
  const { join } = addressOf(room);
  return (
    <article class="network-card">
      <header>
        <Wordmark />
        <b class="mono">{codeOf(room)}</b>
      </header>
      <h2>{t("ui.networks.phone")}</h2>
      <p class="network-blank">{t("ui.networks.card.wifi")}</p>
      <p>
        {t("ui.networks.card.address")} <b class="mono">{join}</b>
      </p>
      <NetworkSteps />
    </article>
  );
}
