// Sentences of so many tables or people, which have words of their own where there is none.
import { t, tn, type Values } from "../../texts";

/** Return the sentence of `n`: `KEY.none` for none, else in the language's forms of a number. */
export function counted(key: string, n: number, values: Values = {}): string {
  return n === 0 ? t(`${key}.none`, values) : tn(key, n, values);
}
