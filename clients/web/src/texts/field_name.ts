// What a field is called: the rulebook's word where there is one, else the field's own name made readable.
import { has, t } from "./index";

export function fieldName(field: string): string {
  const key = `field.${field}`;
  return has(key) ? t(key) : field.replaceAll("_", " ");
}
