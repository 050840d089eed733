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
                <Piece fields={fields} />
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

export function Piece({ fields }: { fields: Fields }) {
  const { view } = useRoom();
  return (
    <p class="facts">
      {Object.entries(fields).map(([field, value]) =>
        isFields(value) ? null : (
          <span key={field}>
            {fieldName(field)}{" "}
            <b class="mono">
              {listed((Array.isArray(value) ? value : [value]).map((each) => valueName(view, field, each)))}
            </b>
          </span>
        ),
      )}
    </p>
  );
}

const ALWAYS_THERE = ["ready", "ask", "lost", "rejoin_code", "pair", "seat_pass", "let_in"];

/** Fetch the words that rule modules bring, as soon as something is to be named that the game has no word for. */
export function useModuleWords(): void {
  const room = useRoom();
  const { phase = "lobby" } = room.game.value;
  const commands = room.seat.value
    ? Object.keys(room.legal.value).filter((command) => !ALWAYS_THERE.includes(command))
    : [];
  const wordless = !has(`phase.${phase}`) || commands.some((command) => !has(`command.${command}`));
  useEffect(() => {
    if (wordless) void need("modules");
  }, [wordless]);
}
