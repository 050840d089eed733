// One chunk: the cards and the lines of the log in English; nobody needs them before there is a game.
import decks from "../../../../server/makersphere_protocol/texts/en/decks.json";
import log from "../../../../server/makersphere_protocol/texts/en/log.json";

export default { ...decks, ...log } as { readonly [key: string]: string };
