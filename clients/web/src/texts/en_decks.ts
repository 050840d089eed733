// One chunk: what is printed on the cards in English; nobody needs it before there are cards.
import decks from "../../../../server/makersphere_protocol/texts/en/decks.json";

export default decks as { readonly [key: string]: string };
