// JSON Merge Patch (RFC 7396) that shares what it does not touch: an entity that a patch leaves alone stays the very
// same object, so that whoever shows it need not look at it again.
import type { Json } from "./frames";

type Obj = { readonly [name: string]: Json };

function isObject(value: Json | undefined): value is Obj {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return the target with the patch merged in; neither is changed. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const before: Obj = isObject(target) ? target : {};
  let after: { [name: string]: Json } | undefined;
  for (const [name, value] of Object.entries(patch)) {
    const merged = value === null ? undefined : mergePatch(before[name], value);
    if (merged === before[name] && (merged === undefined || name in before)) continue;
    after ??= { ...before };
    if (merged === undefined) delete after[name];
    else after[name] = merged;
  }
  return after ?? (isObject(target) ? target : {});
}
