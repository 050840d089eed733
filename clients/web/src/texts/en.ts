// One chunk: all that the screens say in English.
import decks from "../../../../server/makersphere_protocol/texts/en/decks.json";
import game from "../../../../server/makersphere_protocol/texts/en/game.json";
import ui from "../../../../server/makersphere_protocol/texts/en/ui.json";

export default { ...decks, ...game, ...ui };
