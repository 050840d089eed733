// One chunk: what the screens say in English.
import game from "../../../../server/makersphere_protocol/texts/en/game.json";
import ui from "../../../../server/makersphere_protocol/texts/en/ui.json";

export default { ...game, ...ui };
