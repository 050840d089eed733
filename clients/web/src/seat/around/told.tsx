// What a phone tells its person above everything else, where there is something to tell: who asks to be let in, whether
// anybody is still there, what a stand-in did, the page of welcome and consent, and that names are dealt here. It is
// fetched when there is.
import { AsksIn } from "../../parts/page/asks_in";
import { useRoom } from "../../store/context";
import { BotsNews } from "./bots_moves";
import { ConsentPage } from "./consent";
import { DealtName } from "./dealt_name";
import { StillThere } from "./still_there";

// among what is mine the same pieces are told for good
export { BotsMoves } from "./bots_moves";
export { OwnConsent } from "./consent";

export function Told() {
  const { view, game } = useRoom();
  const { pseudonyms, consent } = view.pieces("room");
  return (
    <>
      {view.hand["asks_in"] ? <AsksIn /> : null}
      {view.hand["still_there"] ? <StillThere /> : null}
      {view.hand["stood_in"] ? <BotsNews /> : null}
      {consent ? <ConsentPage /> : null}
      {game.value.status === "lobby" && pseudonyms ? <DealtName /> : null}
    </>
  );
}
