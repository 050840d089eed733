// Whatever else lies on the table and in the hand: pieces of rule modules that this page has no picture of, as plain
// cards. A module that brings a name for its pieces (`thing.KIND`) has them shown beside the game's own; where the
// game's own pieces are not on the table, everything is shown.
import { useEffect } from "preact/hooks";
import type { Json, Tree } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { valueName } from "../../store/names";
import type { View } from "../../store/view";
import { has, need, t } from "../../texts";
import { fieldName } from "../../texts/field_name";
import { listed } from "../../texts/numbers";
import { Card } from "./card";

const OF_EVERY_ROOM = new Set([
  "game",
  "run",
  "room",
  "clock",
  "dice",
  "seat",
  "choice",
  "account",
  "flow",
  "score",
  "figures",
  "module",
  "legal",
  "choices",
  "default",
  "defaults",
  "device",
]);

type Fields = { readonly [field: string]: Json };

export function Things() {
  const { view } = useRoom();
  const kinds = thingsOf(view.table, view.hand);
  if (kinds.length === 0) return null;
  return (
    <>
      {kinds.map((kind) => (
        <section key={kind} class="stack tight">
          <h2>{t(`thing.${kind}`)}</h2>
          <div class="cards">
            {piecesOf(view, kind).map((fields, index) => (
              <Card key={index}>
                <Piece kind={kind} fields={fields} />
              </Card>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

/** Return the kinds of pieces that are a rule module's own. */
export function thingsOf(table: Tree, hand: Tree): string[] {
  const kinds = [...new Set([...Object.keys(table), ...Object.keys(hand)])].filter(
    (kind) => !OF_EVERY_ROOM.has(kind) && isFields((table[kind] ?? hand[kind]) as Json),
  );
  return kinds.filter((kind) => has(`thing.${kind}`) || !("world" in table));
}

/** Return the pieces of a kind by key; of a kind that there is one of, that one. */
export function piecesOf(view: View, kind: string): Fields[] {
  const found = view.pieces(kind);
  const many = Object.values(found).every(isFields);
  return many ? (Object.values(found) as Fields[]) : [found];
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function Piece({ kind, fields }: { kind: string; fields: Fields }) {
  const { view } = useRoom();
  const title = `title.${kind}`;
  const said = Object.entries(fields).flatMap(([field, value]) =>
    isFields(value) ? [] : [[field, listed([value].flat().map((each) => valueName(view, field, each)))] as const],
  );
  return (
    <p class="facts">
      {has(title) ? <b>{t(title, Object.fromEntries(said))}</b> : null}
      {said.map(([field, value]) => (
        <span key={field}>
          {fieldName(field)} <b class="mono">{value}</b>
        </span>
      ))}
    </p>
  );
}

/** Fetch the words that rule modules of somebody else bring, as soon as the table says that one is played. */
export function useModuleWords(): void {
  const { view } = useRoom();
  const bring = Object.values(view.pieces("module")).some((module) => (module as Fields)["words"]);
  useEffect(() => {
    if (bring) void need("modules");
  }, [bring]);
}
