// What lies on the table and in the hand, as the server's schema says it: `Kinds` by key, `Singles` without one. What
// only owners see is optional. Skills and tracks are triples: technology, network or customers, business.
import type { Views } from "../generated/views";

export type * from "../generated/views";
export type Kinds = Views["kinds"];
export type Singles = Views["singles"];
export type Triple = Kinds["venture"]["tracks"];
export type ByNumber = { readonly [key: string]: number };
