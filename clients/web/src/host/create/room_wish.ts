// What a host wishes for when it makes a room, and what is wished for at first.
import type { Language } from "../../prefs";
import type { ByRole } from "./class_size";

export const CLOSES = ["self", "clock", "host"] as const;
export const STANDS_IN = ["minute", "close", "never"] as const;
export const SCREENED = ["none", "rude", "all"] as const;
export const BOTS = ["easy", "normal", "hard"] as const;

/** When phases of a game over days end: times of the day ("18:00") on days of the week, from 1 for Monday. */
export interface WishedDates {
  times: readonly string[];
  days: readonly number[];
}

export const FIRST_DATES: WishedDates = { times: ["18:00"], days: [1, 2, 3, 4, 5] };

export interface RoomWish {
  scenario: string;
  people: number;
  roles?: ByRole | undefined;
  lesson: number;
  scale: number;
  closes: (typeof CLOSES)[number];
  /** Phases end at dates instead of by their clocks. */
  dates?: WishedDates | undefined;
  practice: boolean;
  /** Whether phones ask a question after each season and two at the end. */
  questions: boolean;
  /** Whether people are called by two words of the server's own. */
  pseudonyms?: boolean;
  /** Which names wait for a host before others read them. */
  screened?: (typeof SCREENED)[number];
  /** Whether people are asked if their data may leave the server, and in what words; "": in the page's own. */
  consent?: boolean;
  consentText?: string;
  /** Changes of the scenario's rules, by name. */
  choices: readonly string[];
  bots: (typeof BOTS)[number];
  /** When a bot plays for people who are away. */
  standIn: (typeof STANDS_IN)[number];
  language: Language;
  key: string;
}

export const FIRST_WISH: Omit<RoomWish, "language"> = {
  scenario: "classroom",
  people: 12,
  lesson: 60,
  scale: 100,
  closes: "self",
  practice: false,
  questions: true,
  choices: [],
  bots: "normal",
  standIn: "minute",
  key: "",
};
