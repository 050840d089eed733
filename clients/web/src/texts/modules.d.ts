// Made by the build from the texts that server and clients share.
declare module "texts:languages" {
  type Chunk = { readonly default: { readonly [key: string]: string } };
  type Part =
    | "words"
    | "play"
    | "operator"
    | "investor"
    | "cards"
    | "pitches"
    | "host"
    | "class"
    | "lesson"
    | "reflect"
    | "asking"
    | "debrief"
    | "pages";

  /** What a language is called, and what it puts between words: `{a}, {b}`. */
  interface Traits {
    readonly about: string;
    readonly comma: string;
    readonly list: string;
    readonly name: string;
    readonly sentences: string;
    readonly short: string;
    readonly tag: string;
    readonly parts: { readonly [part in Part]: () => Promise<Chunk> };
  }

  const languages: { readonly [language: string]: Traits };
  export default languages;
}

declare module "texts:*" {
  const catalogue: { readonly [key: string]: string };
  export default catalogue;
}
