// The page's beginning: the language first, then the page that the address asks for.
import { render } from "preact";
import { App } from "./app";
import { keepAim } from "./parts/aim";
import { applyPrefs, language } from "./prefs";
import { follow } from "./route";
import { startTicking } from "./store/time";
import { load } from "./texts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/cards.css";
import "./styles/controls.css";
import "./styles/tape.css";
import "./styles/seat_header.css";
import "./styles/seat.css";
import "./styles/seat_lists.css";
import "./styles/join.css";
import "./styles/forced_colours.css";

applyPrefs();
follow();
startTicking();
keepAim(document);
await load(language.value);
const root = document.getElementById("app");
if (root) render(<App />, root);
