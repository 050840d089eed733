// The frames of protocol version 1, as types. Nothing else stands here, so that this file can be replaced by one that is
// generated from the server's schema.

export const PROTOCOL = 1;
export const SUBPROTOCOL = "makersphere.v1";

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Fields = { readonly [name: string]: Json };
export type Tree = { readonly [kind: string]: Json };
export type Args = { [name: string]: Json };

export interface At {
  season: number;
  phase: string;
}

export interface CreateFrame {
  type: "create";
  scenario: string;
  options?: { seats?: number; roles?: string[]; language?: string; timers?: { scale: number }; pace?: "self" | "host" | "clock"; seed?: number | string; practice?: boolean };
  key?: string;
  id?: string;
}

export interface JoinFrame {
  type: "join";
  room: string;
  name: string;
  role?: string;
  language?: string;
  seat?: number;
  id?: string;
}

export interface ResumeFrame {
  type: "resume";
  room: string;
  seat_token?: string;
  host_token?: string;
  code?: string;
  seq?: number;
  epoch?: number;
}

export interface WatchFrame {
  type: "watch";
  room: string;
}

export interface CommandFrame {
  type: "command";
  id: string;
  name: string;
  args?: Args;
  at?: At;
}

export interface PreviewFrame {
  type: "preview";
  id: string;
  name: string;
  args?: Args;
}

export type OpeningFrame = CreateFrame | JoinFrame | ResumeFrame | WatchFrame;
export type ClientFrame = OpeningFrame | CommandFrame | PreviewFrame;

export interface You {
  kind: "seat" | "host" | "watcher";
  seat?: number;
  role?: string;
  member?: number;
}

export interface Line {
  text: string;
  seq?: number;
  values?: Fields;
}

export interface WelcomeFrame {
  type: "welcome";
  protocol: number;
  room: string;
  epoch: number;
  seq: number;
  now: number;
  you: You;
  seat_token?: string;
  host_token?: string;
  table?: Tree;
  hand?: Tree;
  resumed?: boolean;
}

export interface UpdateFrame {
  type: "update";
  seq: number;
  now: number;
  table?: Tree;
  hand?: Tree;
  log?: Line[];
}

export interface Failure {
  code: string;
  message: string;
  field?: string;
  retry_after?: number;
}

export interface Preview {
  table?: Tree;
  hand?: Tree;
  log?: Line[];
}

export interface ResultFrame {
  type: "result";
  id: string;
  ok: boolean;
  now?: number;
  seq?: number;
  data?: Fields;
  preview?: Preview;
  error?: Failure;
}

export interface ErrorFrame {
  type: "error";
  code: string;
  message: string;
  now?: number;
  retry_after?: number;
}

export type ServerFrame = WelcomeFrame | UpdateFrame | ResultFrame | ErrorFrame;

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
