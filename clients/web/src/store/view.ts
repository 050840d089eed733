// The table and the own hand as signals. A patch goes in whole; whoever shows one entity is told only when that entity
// changed, because patches share what they do not touch. Each kind and each entity has a signal of its own, set when it
// has changed. Signals that are computed from the whole would all be computed anew with each patch.
import { batch, type Signal, signal } from "@preact/signals";
import type { Json, Tree } from "../protocol/frames";
import { mergePatch } from "../protocol/patch";
import type { Kinds, Singles } from "./entities";

type Record_ = { readonly [key: string]: Json };

function isRecord(value: Json | undefined): value is Record_ {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The hand's fields over the table's: the hand has the live ones. */
function overlay(table: Json | undefined, hand: Json | undefined): Json | undefined {
  if (hand === undefined) return table;
  return isRecord(table) && isRecord(hand) ? { ...table, ...hand } : hand;
}

/** The entities of one kind, as they are shown: all of them, and each that somebody has asked for. */
interface Shown {
  all: Signal<Record_>;
  each: Map<string, Signal<Json | undefined>>;
}

export class View {
  private readonly tableTree = signal<Tree>({});
  private readonly handTree = signal<Tree>({});
  private readonly kinds = new Map<string, Shown>();

  get table(): Tree {
    return this.tableTree.value;
  }

  get hand(): Tree {
    return this.handTree.value;
  }

  replace(table: Tree, hand: Tree): void {
    const [tableBefore, handBefore] = [this.tableTree.peek(), this.handTree.peek()];
    batch(() => {
      this.tableTree.value = table;
      this.handTree.value = hand;
      for (const [kind, shown] of this.kinds) {
        if (table[kind] === tableBefore[kind] && hand[kind] === handBefore[kind]) continue;
        show(shown, { table: table[kind], hand: hand[kind] }, { table: tableBefore[kind], hand: handBefore[kind] });
      }
    });
  }

  patch(table: Tree | undefined, hand: Tree | undefined): void {
    const [tableBefore, handBefore] = [this.tableTree.peek(), this.handTree.peek()];
    this.replace(
      table ? (mergePatch(tableBefore as Json, table as Json) as Tree) : tableBefore,
      hand ? (mergePatch(handBefore as Json, hand as Json) as Tree) : handBefore,
    );
  }

  /** Return one entity, the hand's fields over the table's. */
  find<K extends keyof Kinds>(kind: K, key: number | string): Kinds[K] | undefined {
    const { all, each } = this.shown(kind);
    let found = each.get(`${key}`);
    if (!found) {
      found = signal(all.peek()[key]);
      each.set(`${key}`, found);
    }
    return found.value as unknown as Kinds[K] | undefined;
  }

  /** Return all entities of a kind, by key in the order of their numbers. */
  all<K extends keyof Kinds>(kind: K): readonly Kinds[K][] {
    return Object.values(this.kind(kind)) as unknown as Kinds[K][];
  }

  single<K extends keyof Singles>(kind: K): Partial<Singles[K]> {
    return this.kind(kind) as Partial<Singles[K]>;
  }

  /** Return the entities of a kind that this page need not know, or the fields of a kind that there is one of. */
  pieces(kind: string): Record_ {
    return this.kind(kind);
  }

  private kind(kind: string): Record_ {
    return this.shown(kind).all.value;
  }

  private shown(kind: string): Shown {
    let found = this.kinds.get(kind);
    if (!found) {
      found = { all: signal(join(this.tableTree.peek()[kind], this.handTree.peek()[kind])), each: new Map() };
      this.kinds.set(kind, found);
    }
    return found;
  }
}

/** A kind on the table and in the hand. */
interface Sides {
  table: Json | undefined;
  hand: Json | undefined;
}

/** Show a kind of which something has changed; of an entity that has not, nobody is told. */
function show({ all, each }: Shown, of: Sides, was: Sides): void {
  const now = join(of.table, of.hand);
  const [table, tableBefore] = [fieldsOf(of.table), fieldsOf(was.table)];
  const [hand, handBefore] = [fieldsOf(of.hand), fieldsOf(was.hand)];
  all.value = now;
  for (const [key, entity] of each)
    if (table[key] !== tableBefore[key] || hand[key] !== handBefore[key]) entity.value = now[key];
}

const NOTHING: Record_ = {};

function fieldsOf(kind: Json | undefined): Record_ {
  return isRecord(kind) ? kind : NOTHING;
}

function join(table: Json | undefined, hand: Json | undefined): Record_ {
  const below = fieldsOf(table);
  if (!isRecord(hand)) return below;
  const joined: { [key: string]: Json } = { ...below };
  for (const [key, fields] of Object.entries(hand)) {
    const together = overlay(below[key], fields);
    if (together !== undefined) joined[key] = together;
  }
  return joined;
}
