// One chunk: all that the screens say in Chinese.
import decks from "../../../../server/makersphere_protocol/texts/zh/decks.json";
import game from "../../../../server/makersphere_protocol/texts/zh/game.json";
import ui from "../../../../server/makersphere_protocol/texts/zh/ui.json";

export default { ...decks, ...game, ...ui };
