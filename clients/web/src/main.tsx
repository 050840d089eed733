// The page's beginning: the language first, then the page that the address asks for.
import { render } from "preact";
import { App } from "./app";
import { clickWherePressed } from "./parts/controls/click_where_pressed";
import { applyPrefs, language } from "./prefs";
import { follow } from "./route";
import { startTicking } from "./store/time";
import { load } from "./texts";
// the styles of the player's page, in the order in which they apply: where two meet, the later one is meant
import "./styles/tokens.css";
import "./styles/base.css";
import "./parts/pictures/cards.css";
import "./parts/pictures/pictures.css";
import "./parts/controls/sheet.css";
import "./parts/pictures/dice.css";
import "./parts/controls/controls.css";
import "./parts/page/tape.css";
import "./seat/around/seat_header.css";
import "./seat/seat.css";
import "./seat/question/question.css";
import "./seat/tabs/tabs.css";
import "./seat/around/passing.css";
import "./seat/small_phone.css";
import "./seat/phases/outlook.css";
import "./seat/tabs/lists.css";
import "./join/join.css";
import "./styles/forced_colours.css";

applyPrefs();
follow();
startTicking();
clickWherePressed(document);
await load(language.value);
const root = document.getElementById("app");
if (root) render(<App />, root);
