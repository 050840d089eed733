// What lies on the table and in the hand, as the rules name it. Owner fields are there only in the hand of their owner,
// hence the question marks. Skills and tracks are triples: technology, network or customers, business.

export type Triple = readonly [number, number, number];
export type ByNumber = { readonly [key: string]: number };

export interface Game {
  scenario: string;
  seasons: number;
  status: "lobby" | "running" | "over";
  season: number;
  phase: string;
  phase_number: number;
  commitment: string;
}

/** Which run is played of a game that has several, each dealt anew. */
export interface Run {
  number: number;
  of: number;
  name: string;
  practice: boolean;
  first_season: number;
}

/** What came of a run, by seat and by season. */
export interface Result {
  run: number;
  name: string;
  practice: boolean;
  scores: ByNumber;
  places: ByNumber;
  figures: { readonly [season: string]: ByNumber };
  totals: ByNumber;
}

export interface Clock {
  deadline?: number;
  paused?: boolean;
  remaining_ms?: number;
}

export interface Seat {
  id: number;
  role: string;
  ready?: boolean;
  /** In one's own hand alone: somebody waits for an answer, so that being ready does not count. */
  asked?: boolean;
  name?: string;
  by?: "person" | "bot" | "away";
}

export interface World {
  policy: string;
  effect: string;
  market: string;
  up: string;
  down: string;
  tax: number;
  lots: readonly number[];
}

export interface Sector {
  name: string;
  walk: number;
  demand: number;
}

export interface Space {
  id: number;
  rent: number;
  maker_bar: number;
  investor_bar: number;
  weights: readonly number[];
  appraisal_bar: number;
  community: number;
  resources: number;
  integration: number;
  stations: number;
  commons: number;
  spirit_bonus: number;
  wild_card_used: boolean;
  receivership: boolean;
  vitality: number;
  community_index: number;
  resources_index: number;
  integration_index: number;
  rating_mean: number;
  vitalities: readonly number[];
  workshop_used: number;
  introductions?: number;
  passed?: readonly number[];
}

export interface Maker {
  seat: number;
  background: string;
  skills: Triple;
  spirit: number;
  venture: number;
  ties: readonly number[];
  hours?: number;
  exchanges?: number;
  studied?: boolean;
  ambition?: string;
}

export interface Idea {
  card: string;
  seat: number;
  number: number;
  sector: string;
  difficulty: number;
  lo: number;
  hi: number;
}

export interface Investor {
  seat: number;
  type: string;
  speciality: string;
  credential: number;
  badges: readonly number[];
  fee: number;
  shares: number;
  appraisal: number;
  appraisals: readonly number[];
  start_credits: number;
  hours?: number;
  clinic_used?: boolean;
  thesis_sectors?: readonly string[];
  thesis_stage?: number;
  thesis_points?: number;
}

export interface Venture {
  id: number;
  card: string;
  sector: string;
  difficulty: number;
  lead: number;
  cofounders: readonly number[];
  space: number;
  founded: number;
  stage: number;
  born: boolean;
  tracks: Triple;
  misses: number;
  shares: ByNumber;
  capital: ByNumber;
  price: string;
  reserve: number;
  sales: number;
  profit: number;
  materials: number;
  moved_up: boolean;
  rent_unpaid: boolean;
  insolvent: boolean;
  closed: string;
  closed_season: number;
  dice: readonly number[];
  roll: ByNumber;
  appeal?: number;
  lo?: number;
  hi?: number;
}

export interface Deal {
  id: number;
  season: number;
  investor: number;
  venture: number;
  maker: number;
  credits: number;
  hours: number;
  shares: number;
  fee: number;
  source: string;
  round: number;
  delivered: number;
  fee_due: number;
  fee_paid: number;
}

export interface Sheet {
  id: number;
  venture: number;
  maker: number;
  investor: number;
  by: "maker" | "investor";
  credits: number;
  hours: number;
  shares: number;
  fee: number;
  status: "open" | "signed" | "declined" | "withdrawn" | "lapsed";
  number: number;
}

export interface Pair {
  maker: number;
  investor: number;
  trust: boolean;
  introduced: number;
  searched?: number;
}

export interface Proposal {
  id: number;
  what: "exchange" | "lending" | "swap" | "join";
  sender: number;
  receiver: number;
  terms: { readonly [name: string]: number | string };
  status: "open" | "accepted" | "declined" | "lapsed";
  number: number;
}

export interface Look {
  seat: number;
  venture: number;
  lo: number;
  hi: number;
  count: number;
  list_lo: number;
  list_hi: number;
}

export interface Choice {
  seat: number;
  command: string;
  target: string;
  args: { readonly [name: string]: unknown };
  by_default: boolean;
}

export interface Score {
  seat: number;
  standings: readonly number[];
  final?: number;
  place?: number;
  parts: ByNumber;
  par?: number;
  of_par?: number; // the final score in per cent of par
}

export interface Figures {
  season: number;
  values: ByNumber;
  opened?: ByNumber; // what rests on secrets, once the game is over
}

export interface Account {
  name: string;
  seat: number;
  balance: number;
}

export interface Flow {
  season: number;
  source: string;
  target: string;
  reason: string;
  amount: number;
}

export interface Rating {
  season: number;
  giver: number;
  taker: number;
  score: number;
}

export interface Forecast {
  season: number;
  seat: number;
  venture: number;
}

/** What an investor asks for a package of capital, as it posted it last. */
export interface CapitalTerms {
  investor: number;
  shares: number;
}

/** A rule module of the present run: the phase that it owns, if any, and its parameters. */
export interface Module {
  readonly [parameter: string]: number | string;
}

/** The kinds by name; `game`, `world` and `clock` are single and stand without a key. */
export interface Kinds {
  seat: Seat;
  sector: Sector;
  space: Space;
  maker: Maker;
  idea: Idea;
  investor: Investor;
  venture: Venture;
  deal: Deal;
  sheet: Sheet;
  pair: Pair;
  proposal: Proposal;
  look: Look;
  choice: Choice;
  score: Score;
  figures: Figures;
  account: Account;
  flow: Flow;
  rating: Rating;
  forecast: Forecast;
  result: Result;
  capital_terms: CapitalTerms;
  module: Module;
}

export interface Singles {
  game: Game;
  run: Run;
  world: World;
  clock: Clock;
}
