// What has not changed stays the very same, so that whoever shows it is not drawn anew.

/** Return plain data like `now` (records, lists, maps); what of it reads as before is the object of before. */
export function shared<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now;
  if (now instanceof Map) return before instanceof Map ? (sharedMap(before, now) as T) : now;
  if (Array.isArray(now)) return Array.isArray(before) ? (sharedList(before, now) as T) : now;
  return isRecord(now) && isRecord(before) ? (sharedRecord(before, now) as T) : now;
}

type Record_ = { [name: string]: unknown };

function isRecord(value: unknown): value is Record_ {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

function sharedList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const all = now.map((each, at) => shared(before[at], each));
  return all.length === before.length && all.every((each, at) => Object.is(each, before[at])) ? before : all;
}

function sharedRecord(before: Record_, now: Record_): Record_ {
  const all: Record_ = {};
  let isSame = Object.keys(now).length === Object.keys(before).length;
  for (const name in now) {
    all[name] = shared(before[name], now[name]);
    isSame &&= name in before && Object.is(all[name], before[name]);
  }
  return isSame ? before : all;
}

type Map_ = ReadonlyMap<unknown, unknown>;

function sharedMap(before: Map_, now: Map_): Map_ {
  const all = new Map([...now].map(([key, value]) => [key, shared(before.get(key), value)]));
  const isSame = [...all].every(([key, value]) => before.has(key) && Object.is(before.get(key), value));
  return isSame && all.size === before.size ? before : all;
}
