// What a moment may tell: what became of a choice of this seat in a phase that has closed, as plain numbers that can be
// kept. Whatever it names is a number of the table; names are put to it when it is shown.

/** What something was when the phase opened, and what it is now. */
export interface Change {
  before: number;
  after: number;
}

interface Told {
  /** Told once: season, kind and what it is about. */
  id: string;
  season: number;
  /** The phase that decided it. */
  phase: string;
  /** Takes the whole screen for a moment. */
  full: boolean;
  /** Rises with the phase in which it was told. */
  order?: number;
}

/** What a door said to a maker's pitch. */
export interface Door extends Told {
  kind: "door";
  outcome: string; // given, wild_card, below, full
  venture: number;
  space: number;
  score: number;
  bar: number;
  ahead: readonly number[];
  /** Who sits at its desks now, and how many desks it has. */
  seated: readonly number[];
  desks: number;
  /** Whom the wild card of the space let in; 0: nobody. */
  wildCard?: number;
}

/** What a space said to an investor who asked for a badge. */
export interface Badge extends Told {
  kind: "badge";
  outcome: string; // given, wild_card, below, enough, unpaid; unkept: it was held and could not be paid
  space: number;
  score: number;
  bar: number;
  /** Whom the wild card of the space let in; 0: nobody. */
  wildCard?: number;
}

/** Who came to an operator's door. */
export interface Arrivals extends Told {
  kind: "arrivals";
  bar: number;
  came: readonly { seat: number; score: number; outcome: string }[];
  desks: number;
  seated: readonly number[];
  /** Who missed the bar by least beside a free desk, and what would have let that maker in. */
  nearest?: { seat: number; score: number; by: "wild_card" | "bar" };
}

/** Somebody has come into a team, or was turned away. */
export interface Joined extends Told {
  kind: "joined";
  venture: number;
  maker: number;
  isIn: boolean;
  shares: number;
}

/** A skill that rose, and by whom; nobody where one studied alone. */
export interface Learned extends Told {
  kind: "learned";
  skill: number;
  level: Change;
  from: readonly number[];
  /** Where it rose; what fades is no price of a lesson. */
  spirit: Change | undefined;
  /** With whom there is a tie that was not there. */
  ties: readonly number[];
}

/** Whom this seat has taught, or worked with. */
export interface Taught extends Told {
  kind: "taught";
  whom: number;
  /** What a mentor's pupil has learned of it by hours; undefined after any other lesson. */
  skill?: number;
  spirit: Change | undefined;
  /** What whoever taught has seen of the pupil's venture by it: between what its appeal lies. */
  look?: { venture: number; lo: number; hi: number };
}

/** Spirit has faded, as this seat met nobody. */
export interface Faded extends Told {
  kind: "faded";
  spirit: Change;
}

/** What an investor knows of an idea by the pitch it has heard. */
export interface Heard extends Told {
  kind: "heard";
  venture: number;
  lo: number;
  hi: number;
}

/** Which tenants of a space were born, and what the government pays it for them. */
export interface Births extends Told {
  kind: "births";
  ventures: readonly number[];
  paid: number;
}

/** What a venture that sold nothing has paid from its till. */
export interface Paid extends Told {
  kind: "paid";
  venture: number;
  till: Change;
  fees: number;
  rent: number;
  /** What its lead has put in this season, for materials and rent. */
  own?: { materials: number; rent: number };
}

/** Somebody has said no to what this seat asked. */
export interface Declined extends Told {
  kind: "declined";
  whom: number;
  /** terms, exchange, lending or swap. */
  what: string;
  /** price, spent or taken; silent where the phase closed without an answer; nothing where none was given. */
  reason: string;
}

/** Two sides have signed. */
export interface Signed extends Told {
  kind: "signed";
  venture: number;
  maker: number;
  investor: number;
  credits: number;
  shares: number;
  hours: number;
  fee: number;
  /** What the lead and the investor hold of it now, in shares; of the lead and of its till an investor learns later. */
  keeps: number | undefined;
  holds: number;
  till: Change | undefined;
  spirit: Change | undefined;
  born: boolean;
  /** A birth of which the deal itself has been told before. */
  again?: boolean;
  /** What the government pays whoever backed a birth. */
  grant?: number;
}

/** What a list for hours came to: by investor for a lead, by venture for an investor. */
export interface Hours extends Told {
  kind: "hours";
  /** The lead's venture; 0: it is an investor's list. */
  venture: number;
  came: readonly { whom: number; hours: number; fee: number; shares?: number }[];
  missed: readonly { whom: number; reason: string }[];
}

/** The dice of a venture that this seat has a part in. */
export interface Roll extends Told {
  kind: "roll";
  venture: number;
  dice: readonly number[];
  /** dice, spirit, help, misses and needed. */
  roll: { readonly [part: string]: number };
  won: boolean;
  /** Its stage now. */
  stage: number;
  /** What its next roll gets for having missed. */
  misses: number;
  /** Who brought hours, of how many promised; `helps` hours help the dice. */
  helpers: readonly { seat: number; delivered: number; promised: number }[];
  helps: number;
}

/** What a space has given a tenant, and for its operator what came of it. */
export interface Gift extends Told {
  kind: "grant";
  venture: number;
  space: number;
  credits: number;
  /** given, to its maker; up or still, to the operator. */
  outcome: "given" | "up" | "still";
  /** What the government pays the space for it. */
  back: number;
  till: Change | undefined;
}

/** What came of an operator's own wild card. */
export interface WildCard extends Told {
  kind: "wild_card";
  /** let_in, badge, spared, badge_spared; unplayed though tenants closed; unused: it was sealed and did nothing. */
  outcome: string;
  /** Whom it was for; 0 where it was for a venture, or nobody. */
  whom: number;
  /** The venture it was for, or the tenant that closed. */
  venture: number;
  /** Why it did nothing: what the door said to whom it was for, `absent` where nobody knocked. */
  why?: string;
}

/** Why a venture did not roll: what its tracks lack. */
export interface Unrolled extends Told {
  kind: "unrolled";
  venture: number;
  reason: "short" | "unborn" | "materials";
  lacks: readonly number[];
  /** Told to somebody who holds a part of it and is not of its team. */
  held?: boolean;
}

/** What the season's work brought the tenants of a space, and how many hours its workshop gave each. */
export interface Tenants extends Told {
  kind: "tenants";
  worked: readonly { venture: number; hours: number; rolled: boolean; won: boolean; stage: number }[];
}

/** What a venture sold, and where the money went. */
export interface Sale extends Told {
  kind: "market";
  venture: number;
  price: string;
  sold: number;
  spent: number;
  rivals: readonly { venture: number; sold: number }[];
  /** What it had to sell, where a bar takes it. */
  bar: number | undefined;
  steps: { readonly [step: string]: number };
  /** Who got a part of the profit. */
  holders: readonly { seat: number; credits: number }[];
  wage: number;
  dividend: number;
  /** The purse, where this sale alone has moved it. */
  credits: Change | undefined;
}

/** How an investor or a space was judged. */
export interface Rated extends Told {
  kind: "rated";
  space: number;
  measures: { readonly [measure: string]: number };
  score: number;
  bar: number | undefined;
  lost: boolean;
  /** The wild card of the space has saved the badge. */
  spared?: boolean;
}

/** How a space did in a season. */
export interface Space extends Told {
  kind: "space";
  vitality: Change;
  /** What vitality is made of: community, resources, integration; missing where an older page has kept it. */
  indices?: readonly Change[];
  /** The mean of its ratings in hundredths; 0: too few. */
  rating: Change;
  credits: Change;
  /** The tenants that closed, and the investors whose badges it took back: both cost. */
  closed?: readonly number[];
  /** Why each of them closed, in their order; missing where an older page has kept it. */
  reasons?: readonly string[];
  lost?: readonly number[];
  /** What its treasury paid at the season's end, by reason; missing where an older page has kept it. */
  paid?: readonly { reason: string; amount: number }[];
}

/** A venture has come to its end, or was spared. */
export interface Bar extends Told {
  kind: "bar";
  venture: number;
  reason: string;
  sold: number;
  bar: number | undefined;
  /** Whether this seat is of its team. */
  own: boolean;
  skill: number | undefined;
  level: Change | undefined;
  space: number;
  money: readonly { reason: string; amount: number }[];
  /** Which venture the wild card of its space spared instead; 0: none. */
  wildCard?: number;
}

/** How the season went: points by parts, and the place among the same role. */
export interface Season extends Told {
  kind: "season";
  points: number;
  before: number | undefined;
  place: number;
  placeBefore: number | undefined;
  of: number;
  parts: readonly { name: string; points: number; before: number | undefined }[];
  /** Whether a maker leads a venture that investors have paid into. */
  holds?: boolean;
  /** What to try next, and a number in it. */
  next?: { what: string; n: number };
}

/** Two phones that pressed within ten seconds of each other. */
export interface Handshake extends Told {
  kind: "handshake";
  whom: number;
}

/** A card that the host has turned in the midst of a season. */
export interface Shock extends Told {
  kind: "shock";
  deck: "policy" | "market";
  card: string;
  /** What a policy does then: its effect, with the rate or the amount that it names. */
  effect: string;
  rate: number;
  amount: number;
  /** Sectors to which a market brings consumers, and from which it takes them. */
  up: string;
  down: string;
}

export type Moment =
  | Door
  | Badge
  | Arrivals
  | Joined
  | Declined
  | Gift
  | WildCard
  | Learned
  | Taught
  | Faded
  | Heard
  | Paid
  | Births
  | Signed
  | Handshake
  | Hours
  | Roll
  | Unrolled
  | Tenants
  | Sale
  | Rated
  | Space
  | Bar
  | Season
  | Shock;

export type Kind = Moment["kind"];
export type Of<K extends Kind> = Extract<Moment, { kind: K }>;

// the most important first
const RANK: readonly Kind[] = [
  "shock",
  "bar",
  "roll",
  "signed",
  "handshake",
  "door",
  "joined",
  "badge",
  "heard",
  "market",
  "paid",
  "births",
  "grant",
  "hours",
  "season",
  "rated",
  "space",
  "wild_card",
  "unrolled",
  "tenants",
  "arrivals",
  "declined",
  "learned",
  "taught",
  "faded",
];

/** Return moments in the order in which they are told; of a kind, what takes the screen comes first. */
export function ranked(moments: readonly Moment[]): Moment[] {
  const rank = (moment: Moment): number => RANK.indexOf(moment.kind) - (moment.full ? 0.5 : 0);
  return [...moments].sort((one, other) => rank(one) - rank(other));
}
