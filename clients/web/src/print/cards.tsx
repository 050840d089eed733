// The decks as table cards: 63 by 88 mm, nine to a page, two languages on one card, joints as the lines to cut along.
import { EffectPicture } from "../parts/pictures/things/effects";
import { Good } from "../parts/pictures/things/goods";
import { Awning, Customer } from "../parts/pictures/things/things";
import { FIRST, LANGUAGES, type Language, language, traits } from "../prefs";
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

/** The two languages of a card: that of whoever prints, and English; beside English the next one there is. */
export function onCards(): readonly Language[] {
  const other = language.value === FIRST ? LANGUAGES.find((lang) => lang !== FIRST) : FIRST;
  return LANGUAGES.filter((lang) => lang === language.value || lang === other);
}

interface Face {
  id: string;
  kind: string;
  name: string;
  text: string;
  sectors: readonly { sector: string; sign: string }[];
  effect: string;
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
        <section key={page} class="print-sheet cards-page">
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
    effect: "",
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
    effect,
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
    effect: "",
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
      {onCards().map((lang) => (
        <span key={lang} lang={traits(lang).tag}>
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
      <Picture face={face} />
      {onCards().map((lang) => (
        <div key={lang} lang={traits(lang).tag} class="card-words">
          <h2>{said(lang, face.name)}</h2>
          <p>{said(lang, face.text)}</p>
          {face.rule ? <p class="card-rule">{said(lang, face.rule, face.values)}</p> : null}
        </div>
      ))}
    </article>
  );
}

const STALL = { width: 400, height: 70 };
const CUSTOMERS = [7, 3]; // for what is wanted more, and for what is wanted less

/** What the card is about, drawn at its foot: an idea's stall, a policy's effect, customers that come and stay away. */
function Picture({ face }: { face: Face }) {
  if (face.kind === "policy")
    return (
      <div class="card-picture">
        <EffectPicture effect={face.effect} />
      </div>
    );
  return (
    <div class="card-picture">
      {face.kind === "idea" ? <Stall sector={face.sectors[0]?.sector ?? ""} /> : null}
      {face.kind === "market" ? CUSTOMERS.map((count) => <Queue key={count} count={count} />) : null}
    </div>
  );
}

function Stall({ sector }: { sector: string }) {
  return (
    <svg class="things" viewBox="-20 -20 440 210" aria-hidden="true" style={{ color: `var(--${sector})` }}>
      <path class="outline" d="M14 60V180M386 60V180" />
      <rect class="paper" x="-6" y="140" width="412" height="44" />
      <g transform="translate(140 140) scale(1.05)">
        <Good sector={sector} />
      </g>
      <g transform="translate(290 138)">
        <Customer index={sector.length} />
      </g>
      <Awning {...STALL} />
    </svg>
  );
}

function Queue({ count }: { count: number }) {
  return (
    <svg class="things" viewBox="-44 -92 370 100" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <g key={index} transform={`translate(${index * 46} 0)`}>
          <Customer index={index} />
        </g>
      ))}
    </svg>
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
