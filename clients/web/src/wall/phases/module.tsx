// A phase of a rule module that this page has no picture of: its pieces on the table as cards, each kind with how many
// there are; where it has none of its own, the street.
import { Piece, piecesOf, thingsOf } from "../../parts/pictures/other_pieces";
import { useRoom } from "../../store/context";
import { askedOf } from "../../store/rules";
import { has, t, tn } from "../../texts";
import { fieldName } from "../../texts/field_name";
import { number } from "../../texts/numbers";
import { Street } from "../street/street";

const MOST_CARDS = 8; // of a kind

export function ModulePicture() {
  const { view, game } = useRoom();
  const asked = askedOf(view, game.value.phase ?? "", "wall").filter((kind) => kind in view.table);
  const kinds = asked.length > 0 ? asked : thingsOf(view.table, {});
  if (kinds.length === 0) return <Street />;
  return (
    <div class="module-pieces">
      {kinds.map((kind) => {
        const pieces = piecesOf(view, kind);
        return (
          <section key={kind} class="board">
            <h2 class="must">
              {has(`thing.${kind}`) ? t(`thing.${kind}`) : fieldName(kind)}
              {pieces.length > 1 ? <b>{number(pieces.length)}</b> : null}
            </h2>
            <ul>
              {pieces.slice(0, MOST_CARDS).map((fields, index) => (
                <li key={index}>
                  <Piece kind={kind} fields={fields} />
                </li>
              ))}
            </ul>
            {pieces.length > MOST_CARDS ? <p>{tn("ui.wall.more", pieces.length - MOST_CARDS)}</p> : null}
          </section>
        );
      })}
    </div>
  );
}
