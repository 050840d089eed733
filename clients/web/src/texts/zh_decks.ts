// One chunk: what is printed on the cards in Chinese; nobody needs it before there are cards.
import decks from "../../../../server/makersphere_protocol/texts/zh/decks.json";

export default decks as { readonly [key: string]: string };
