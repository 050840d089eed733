// One chunk: the cards and the lines of the log in Chinese; nobody needs them before there is a game.
import decks from "../../../../server/makersphere_protocol/texts/zh/decks.json";
import log from "../../../../server/makersphere_protocol/texts/zh/log.json";

export default { ...decks, ...log } as { readonly [key: string]: string };
