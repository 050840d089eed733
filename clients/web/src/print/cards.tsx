// The decks as table cards: 63 by 88 mm, nine to a page, both languages on one card, joints as the lines to cut along.
import { useRoom } from "../store/context";
import type { View } from "../store/view";
import { said, type Values } from "../texts";
import { withMinus } from "../texts/signs";
import { PatternTile } from "./pattern";

interface IdeaCard {
  id: string;
  sector: string;
  difficulty: number;
}

interface PolicyCard {
  id: string;
  effect: string;
}

interface MarketCard {
  id: string;
  up: string;
  down: string;
}

export interface Decks {
  ideas: readonly IdeaCard[];
  policies: readonly PolicyCard[];
  markets: readonly MarketCard[];
}

export async function readDecks(): Promise<Decks> {
  const answer = await fetch("api/decks");
  return (await answer.json()) as Decks;
}

const NINE = 9;
const [ONE_MM, SMALL_MM] = [13, 10]; // tiles: of two sectors both have to fit
const LANGUAGES = ["en", "zh"] as const;
const LANG_TAGS = { en: "en", zh: "zh-CN" } as const;

interface Face {
  id: string;
  kind: string;
  name: string;
  text: string;
  sectors: readonly { sector: string; sign: string }[];
  rule: string;
  values: Values;
  figure: number | undefined;
}

export function Cards({ decks }: { decks: Decks }) {
  const { view } = useRoom();
  const faces: Face[] = [
    ...decks.ideas.map(ideaFace),
    ...decks.policies.map((card) => policyFace(card, view)),
    ...decks.markets.map((card) => marketFace(card, view)),
  ];
  const pages = Array.from({ length: Math.ceil(faces.length / NINE) }, (_, page) =>
    faces.slice(page * NINE, (page + 1) * NINE),
  );
  return (
    <>
      {pages.map((nine, page) => (
        <section key={page} class="paper cards-page">
          <CutLines />
          {nine.map((face) => (
            <CardFace key={face.id} face={face} />
          ))}
        </section>
      ))}
    </>
  );
}

function ideaFace({ id, sector, difficulty }: IdeaCard): Face {
  return {
    id,
    kind: "idea",
    name: `idea.${id}.name`,
    text: `idea.${id}.pitch`,
    sectors: [{ sector, sign: "" }],
    rule: "",
    values: {},
    figure: difficulty,
  };
}

function policyFace({ id, effect }: PolicyCard, view: View): Face {
  const values = { amount: parameter(view, "subsidy"), rate: parameter(view, "tax_card") };
  return {
    id,
    kind: "policy",
    name: `policy.${id}.name`,
    text: `policy.${id}.text`,
    sectors: [],
    rule: `effect.${effect}`,
    values,
    figure: undefined,
  };
}

function marketFace({ id, up, down }: MarketCard, view: View): Face {
  const sectors = [
    { sector: up, sign: withMinus(`${parameter(view, "up")}%`) },
    { sector: down, sign: withMinus(`${parameter(view, "down")}%`) },
  ];
  return {
    id,
    kind: "market",
    name: `market.${id}.name`,
    text: `market.${id}.text`,
    sectors,
    rule: "",
    values: {},
    figure: undefined,
  };
}

/** Return what a rule module of this room has a parameter set to, or a line to write it on. */
export function parameter(view: View, name: string): number | string {
  const found = view.all("module").find((module) => name in module)?.[name];
  return found ?? "___";
}

/** A word in both languages, each marked as its own. */
function Both({ word }: { word: string }) {
  return (
    <>
      {LANGUAGES.map((lang) => (
        <span key={lang} lang={LANG_TAGS[lang]}>
          {said(lang, word)}{" "}
        </span>
      ))}
    </>
  );
}

function CardFace({ face }: { face: Face }) {
  return (
    <article class={`table-card ${face.kind}`}>
      <header>
        <span class="card-kind">
          <Both word={`ui.print.kind.${face.kind}`} />
        </span>
        {face.figure === undefined ? null : (
          <span class="card-difficulty">
            <Both word="ui.print.difficulty" /> <b class="card-figure mono">{face.figure}</b>
          </span>
        )}
      </header>
      <div class="card-sectors">
        {face.sectors.map(({ sector, sign }) => (
          <span key={sector} class="card-sector">
            <PatternTile sector={sector} mm={face.sectors.length > 1 ? SMALL_MM : ONE_MM} />
            <span>
              <Both word={`sector.${sector}`} /> <b class="mono">{sign}</b>
            </span>
          </span>
        ))}
      </div>
      {LANGUAGES.map((lang) => (
        <div key={lang} lang={LANG_TAGS[lang]} class="card-words">
          <h2>{said(lang, face.name)}</h2>
          <p>{said(lang, face.text)}</p>
          {face.rule ? <p class="card-rule">{said(lang, face.rule, face.values)}</p> : null}
        </div>
      ))}
    </article>
  );
}

const WIDTH = 63;
const HEIGHT = 88;
const COLUMNS = 3;
const TENON = 9; // wide, and as deep as a third of it
const DEPTH = 3;

/**
 * The lines between cards: across with two tenons a card, so that cards of a deck fit into each other; down straight.
 */
function CutLines() {
  const joint = Array.from(
    { length: COLUMNS },
    () => `h15v-${DEPTH}h${TENON}v${DEPTH}h15v-${DEPTH}h${TENON}v${DEPTH}h15`,
  ).join("");
  const across = [0, 1, 2, 3].map((row) => `M0 ${row * HEIGHT + DEPTH}${joint}`);
  const down = [0, 1, 2, 3].map((column) => `M${column * WIDTH} ${DEPTH}v${COLUMNS * HEIGHT}`);
  return (
    <svg class="cut-lines" viewBox={`-1 -1 ${COLUMNS * WIDTH + 2} ${COLUMNS * HEIGHT + DEPTH + 2}`} aria-hidden="true">
      <path d={[...across, ...down].join("")} fill="none" stroke="#6b7f79" stroke-width="0.25" stroke-dasharray="2 1" />
    </svg>
  );
}
