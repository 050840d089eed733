// One chunk: what the screens say in Chinese.
import game from "../../../../server/makersphere_protocol/texts/zh/game.json";
import ui from "../../../../server/makersphere_protocol/texts/zh/ui.json";

export default { ...game, ...ui };
