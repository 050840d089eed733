// A person's face, and what it is called: the same on phone, console, wall and paper, so that people find each other.
import { useEffect } from "preact/hooks";
import type { Seat } from "../../../store/entities";
import { t } from "../../../texts";
import { fetchOrReload } from "../../page/fetch_or_reload";

const DRAWN = 32; // the second thirty-two are the same with a bow
/** How many seats have a face of their own. */
export const FACES = 64;

/** Return the face of a seat, from 1 to 64: the one that it has taken, else the one by its number. */
export function faceOf(seat: Pick<Seat, "id" | "face"> | undefined, number = 1): number {
  return seat?.face ?? (((seat?.id ?? number) - 1) % FACES) + 1;
}

/** Return what a face is called: "green owl". */
export function faceName(face: number): string {
  const name = t(`face.${((face - 1) % DRAWN) + 1}`);
  return face > DRAWN ? t("face.with_bow", { face: name }) : name;
}

let isFetched = false;

/** Fetch the drawings, once somebody is to be seen; until they are there, the place of a face is empty. */
function fetchDrawings(): void {
  if (isFetched) return;
  isFetched = true;
  void fetchOrReload(() => import("./face_sprite").then((chunk) => chunk.drawSprite()));
}

/** A face; it stands beside a name or its own words, so screen readers pass it by. */
export function Face({ face, size }: { face: number; size: number }) {
  return (
    <svg class="face" aria-hidden="true" width={size} height={size} viewBox={`0 0 ${size} ${size}`}>
      <FaceShape face={face} size={size} />
    </svg>
  );
}

/** The same within another drawing, from its upper left corner. */
export function FaceShape({ face, size }: { face: number; size: number }) {
  useEffect(fetchDrawings, []);
  return (
    <>
      <use href={`#face-${((face - 1) % DRAWN) + 1}`} width={size} height={size} />
      {face > DRAWN ? <use href="#face-bow" width={size} height={size} /> : null}
    </>
  );
}
