// Builds the client for any static host: hashed assets, no inline script or style, few files, since each costs a phone
// a round trip. The player's page is one script and one style; console, wall, languages and QR codes come when
// needed.
import { defineConfig } from "vitest/config";
import { texts } from "./texts_plugin.ts";

const any = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join("|"));

// what only the screens of roles need of the parts
const LATER_PARTS = "controls.(?:steady_list|focus|ranking|stepper)|pictures.(?:dice|other_pieces)|meters|words";

// what pages share that a phone opens later, if at all
const LATER_PAGES = any(
  "page.(?:ask_host|asks_in|connect_thing|forget\\.|seat_pass|news|manual|plain_pages|network_card|points)",
  "pictures.pairing_code",
).source;

// what the wall alone draws
const WALL_PARTS = "pictures.(?:things|text_width|faces.face_image)";

// drawn once somebody is to be seen
const FACES = "pictures.faces.(?:drawings|face_sprite|pen_strokes)";

// what a phone needs until it has a seat and waits in the lobby
const PLAYER = any(
  "node_modules.(?!uqr|echarts|zrender|.*tslib)",
  "src.(?:app|main|route|connection|prefs|storage)\\.",
  "src.(?:join.(?!asks_first|rejoin)|protocol.(?!ask\\.)|texts)\\b",
  "texts:languages",
  "src.store.(?!chairs|classes|compared|join_address|lesson|taking_home)",
  "src.styles.(?!typeface|wall_tokens)",
  `src.parts.(?!charts|class|results|slides|answers|${LATER_PAGES}|${WALL_PARTS}|${LATER_PARTS}|${FACES})`,
  "src.seat.(?:seat_page|around.(?:device|purse|to_answer)|lobby.lobby|phases.screens)\\b",
);
// what the screens of several roles share comes with them, once one has a seat
const PHASES = any(
  "src.seat.around.(?!away|consent|dealt_name|diverged|off_wall|still_there|told|bots_moves)\\w+\\.",
  "src.seat.(?:lobby|offers|phases|question|tabs).(?!plain\\.)\\w+\\.", // no role has the plain screen
  "src.seat.moments\\b",
  "src.forms",
  `src.parts.(?:${LATER_PARTS})`,
);

// phones fetch what a seat needs in one go; other pages ask once more, so that their scripts are no names in the first
const OF_SEATS = /(?:practice|phases|maker|investor|operator)-/;

const server = process.env["MAKERSPHERE_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [texts()],
  build: {
    target: "es2022",
    modulePreload: {
      polyfill: false,
      resolveDependencies: (page, needed) =>
        OF_SEATS.test(page) ? needed : needed.filter((file) => file.endsWith(".css")),
    },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "player", test: PLAYER, priority: 1 },
            { name: "phases", test: PHASES },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/ws": { target: server, ws: true }, "/healthz": server, "/api": server },
  },
  test: {
    environment: "happy-dom",
    isolate: false, // a page for all files: making one for each takes longer than the tests
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/rig/setup.ts"],
    testTimeout: 30_000, // a slow machine says nothing about the test
  },
});
