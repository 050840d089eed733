// The table and the own hand as signals. A patch goes in whole; whoever shows one entity is told only when that entity
// changed, because patches share what they do not touch.
import { computed, type ReadonlySignal, signal } from "@preact/signals";
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

export class View {
  private readonly tableTree = signal<Tree>({});
  private readonly handTree = signal<Tree>({});
  private readonly kinds = new Map<string, ReadonlySignal<Record_>>();
  private readonly entities = new Map<string, ReadonlySignal<Json | undefined>>();

  get table(): Tree {
    return this.tableTree.value;
  }

  get hand(): Tree {
    return this.handTree.value;
  }

  replace(table: Tree, hand: Tree): void {
    this.tableTree.value = table;
    this.handTree.value = hand;
  }

  patch(table: Tree | undefined, hand: Tree | undefined): void {
    if (table) this.tableTree.value = mergePatch(this.tableTree.peek() as Json, table as Json) as Tree;
    if (hand) this.handTree.value = mergePatch(this.handTree.peek() as Json, hand as Json) as Tree;
  }

  /** Return one entity, the hand's fields over the table's. */
  find<K extends keyof Kinds>(kind: K, key: number | string): Kinds[K] | undefined {
    const name = `${kind}/${key}`;
    let found = this.entities.get(name);
    if (!found) {
      const table = computed(() => (this.tableTree.value[kind] as Record_ | undefined)?.[key]);
      const hand = computed(() => (this.handTree.value[kind] as Record_ | undefined)?.[key]);
      found = computed(() => overlay(table.value, hand.value));
      this.entities.set(name, found);
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
    let found = this.kinds.get(kind);
    if (!found) {
      const table = computed(() => this.tableTree.value[kind]);
      const hand = computed(() => this.handTree.value[kind]);
      found = computed(() => join(table.value, hand.value));
      this.kinds.set(kind, found);
    }
    return found.value;
  }
}

function join(table: Json | undefined, hand: Json | undefined): Record_ {
  const below: Record_ = isRecord(table) ? table : {};
  if (!isRecord(hand)) return below;
  const joined: { [key: string]: Json } = { ...below };
  for (const [key, fields] of Object.entries(hand)) {
    const together = overlay(below[key], fields);
    if (together !== undefined) joined[key] = together;
  }
  return joined;
}
