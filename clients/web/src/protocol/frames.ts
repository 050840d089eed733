// The frames of protocol version 1: what the server's schema says, by the names that this client uses, and the few
// words of the contract that are no types.
import type {
  At,
  Command,
  Create,
  DoorQuestion,
  Error as ErrorFrame,
  Fields,
  Frames,
  Join,
  Json,
  Line,
  Preview as PreviewFrame,
  Problem,
  Result,
  Resume,
  Update,
  Watch,
  Welcome,
  You,
} from "../generated/frames";

export type {
  At,
  Command as CommandFrame,
  Create as CreateFrame,
  DoorQuestion,
  ErrorFrame,
  Fields,
  Join as JoinFrame,
  Json,
  Line,
  PreviewFrame,
  Problem as Failure,
  Resume as ResumeFrame,
  Update as UpdateFrame,
  Watch as WatchFrame,
  Welcome as WelcomeFrame,
  You,
};

export const PROTOCOL = 1;
export const SUBPROTOCOL = "makersphere.v1";

export type Tree = Fields;
export type Args = NonNullable<Command["args"]>;
export type Value = Args[string];
export type OpeningFrame = Create | Join | Resume | Watch;
export type ClientFrame = Frames["client"];
export type ServerFrame = Frames["server"];

/** What the close would bring a venture: progress and odds in incubation, each step of the payout in the market. */
export type Outcome = { tracks?: number[]; wanted?: number[]; plan?: number[] } & Partial<
  Record<string, number | number[]>
>;
export type Outlook = Record<"least" | "most", Record<string, Outcome>>;
/** What something must reach so as to stay, and what the close would make of it as far as this seat knows. */
export interface Fate {
  kind: "venture" | "badge" | "space";
  id: number;
  /** Whose badge it is. */
  seat?: number;
  what: "born" | "sells" | "score" | "treasury" | "place";
  must: number;
  /** The season at whose close it must be there; 0: once it is a pilot. */
  by: number;
  least?: number;
  most?: number;
  last?: number;
  /** Of a place: among how many, and what places are given for. */
  of?: number;
  by_what?: "progress" | "sales" | "score";
  verdict?: "safe" | "close" | "danger" | "time";
  reason?: string;
  tries?: Record<string, { least: number; most: number; verdict: "safe" | "close" | "danger" }>;
}
/** What a command would change: the same patches as an update brings. */
export type Preview = Pick<Update, "table" | "hand" | "log"> & {
  outlook?: Outlook;
  fates?: Record<string, Fate>;
  /** What the arguments come to, by name. */
  numbers?: Record<string, number>;
};
export type ResultFrame = Omit<Result, "preview"> & { preview?: Preview };

/** How a connection was closed; the numbers are the protocol's. */
export const CLOSED = {
  badFrame: 4400,
  unauthorised: 4401,
  noSuchRoom: 4404,
  noFirstFrame: 4408,
  replaced: 4409,
  removed: 4410,
  flooding: 4429,
  restarting: 1012,
  later: 1013,
} as const;
