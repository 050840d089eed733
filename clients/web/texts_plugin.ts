// The texts that server and clients share, cut into chunks by when a phone needs them: `texts:LANGUAGE/PART` is a
// module, and `texts:languages` has a line for each folder of texts: what the language is called, what it puts between
// words, and its parts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const FOLDER = join(import.meta.dirname, "../../server/makersphere_protocol/texts");
const LANGUAGES = "texts:languages";
const FIRST = "en"; // what a language lacks is said in it
const NAME = /^texts:([\w-]+)\/(\w+)$/;
// for terminals and for pages that the server writes
const NOT_FOR_PAGES = ["home.json", "language.json", "refusals.json", "terminal.json", "reports.json", "lti.json"];

/** What the texts of the game's screens begin with: of all kinds, and of those named `ui.` the ones of one screen. */
const PLAY =
  "you(?:\\.|$)|question\\.(?!lobby|waiting)|default\\.|command\\.|guide\\.|try\\.|why\\.|price\\.|path\\.|reason\\.|" +
  "garage\\.blurb|choice\\.(?:accept|decline|withdraw)|" +
  "word\\.|index\\.|total\\.|exit\\.|run\\.|rating\\.|measure\\.|field\\.|stage\\.|ambition\\.|thesis\\.";
const PLAY_UI =
  "card|diverged|door|fate|fit|default|auction|bid|call|plan|rules?|exchange|lending|swap|offer|table|deals?|terms|" +
  "clinic|floor|words|garage|for_you|dice|closed|moment|money|away|mine|sort|account|new|open|package|wild_card|" +
  "workshop|introduce|grant|outlook|final|roll|proposal|outcome|knock|day_job|badge|" +
  "fee|half|halves|rank|talk|matching|deliver(?:ed)?|promised|credits|no|rate|sign|" +
  "lost|decided|your_credential|standing|hours_left|lobby\\.late|no_board|no_offers|asked\\.(?:badge|desk)|asks|" +
  "ask(?:_someone)?|recap|answered|bar|demand|runs|part_of_score|happened";

/** Cards that are told to operators alone; of a wild card others are told whom it went to. */
const OPERATOR_MOMENT = "(?:arrivals|births|tenants|space)(?:\\..*)?|wild_card\\.(?!went|kept).*";
const OPERATOR_UI = "(?:workshop|introduce|grant|wild_card)(?:\\..*)?";

/** The part that a text belongs to; the first that fits. */
const PARTS: readonly (readonly [part: string, key: RegExp])[] = [
  ["none", /^refusal\./], // refusals arrive as sentences
  ["pages", /^(?:ui\.(?:check|forget|networks|print|manual)\.|print\.|quiz\.)/],
  [
    "asking",
    new RegExp(
      "^(?:ui\\.(?:apart\\.(?:replaced\\.by_link|removed\\.(?:from_table|reason))|ask_host|asked(?!\\.)|" +
        "consent|dealt_name|door_asks|off_wall|still_there|stood_in)|" +
        "command\\.(?:ask_host|consent|lost|still_here))(?:\\.|$)",
    ),
  ],
  ["reflect", /^(?:reflect|command\.reflect|lesson\.grade|lesson\.part\.grade)(?:\.|$)/],
  ["lesson", /^lesson\./],
  ["class", /^ui\.class\./],
  [
    "host",
    new RegExp(
      "^(?:ui\\.(?:(?:host|console|create|wall|ended)\\.|" +
        "apart\\.(?:another_chair|(?:removed|replaced|unauthorised)\\.host))|scenario\\.)",
    ),
  ],
  [
    "debrief",
    new RegExp(
      "^(?:ui\\.(?:(?:chart|debrief)\\.(?!open)|apart\\.debrief_later|replay|beside)|" +
        "moment\\.|figure\\.|part\\.|rule_choice\\.)",
    ),
  ],
  [
    "operator",
    new RegExp(
      `^(?:you\\..*\\.space|(?:default\\.(?!lobby|over)|guide\\.)\\w+\\.operator(?:\\..*)?|` +
        `ui\\.(?:${OPERATOR_UI}|moment\\.(?:${OPERATOR_MOMENT})))$`,
    ),
  ],
  [
    "investor",
    new RegExp(
      `^(?:(?:default\\.(?!lobby|over|market)|guide\\.)\\w+\\.investor|` + // of the market makers read it, too
        `ui\\.(?:default\\.investor|moment\\.(?:badge|heard|taught)))(?:\\.|$)`,
    ),
  ],
  ["play", new RegExp(`^(?:${PLAY}|ui\\.(?:${PLAY_UI})(?:\\.|$))`)],
  ["pitches", /^idea\..*\.pitch$/],
  ["cards", /^(?:idea|policy|market|effect|log|ui\.log\.(?:deal|deal_signed|terms_sent))\./],
  ["words", /./],
];

type Texts = { [key: string]: string };

function file(path: string): Texts {
  return JSON.parse(readFileSync(path, "utf8")) as Texts;
}

function read(folder: string, part: string): Texts {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && !NOT_FOR_PAGES.includes(name));
  const all = files.flatMap((name) => Object.entries(file(join(folder, name))));
  return Object.fromEntries(all.filter(([key]) => PARTS.find(([, fits]) => fits.test(key))?.[0] === part));
}

/** Return a part of a language's texts, and for what it has not said yet the first language's. */
function part(texts: string, language: string, name: string): string {
  const own = read(join(texts, language), name);
  return JSON.stringify(language === FIRST ? own : { ...read(join(texts, FIRST), name), ...own });
}

/** Return the source of a module with a line for each language that has a folder. */
function languages(texts: string): string {
  const lines = readdirSync(texts, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const told = Object.entries(file(join(texts, name, "language.json")));
      const traits = told.map(([key, value]) => [key.slice(key.indexOf(".") + 1), value]);
      const parts = PARTS.filter(([part]) => part !== "none").map(
        ([part]) => `${part}:()=>import("texts:${name}/${part}")`,
      );
      return `"${name}":{...${JSON.stringify(Object.fromEntries(traits))},parts:{${parts.join(",")}}}`;
    });
  return `export default {${lines.join(",")}}`;
}

export function texts(folder: string = FOLDER): Plugin {
  return {
    name: "texts",
    resolveId: (id) => (id === LANGUAGES || NAME.test(id) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${LANGUAGES}`) return { code: languages(folder), moduleType: "js" };
      const [, language, name] = NAME.exec(id.slice(1)) ?? [];
      if (!id.startsWith("\0") || !language || !name) return undefined;
      return { code: `export default ${part(folder, language, name)}`, moduleType: "js" };
    },
  };
}
