// A face as an image of its own, for a picture with many of them. What is used by name from the page's sprite a browser
// draws out for each who uses it, all of its lines, styled and laid out anew: sixty faces are three thousand lines.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { fetchOrReload } from "../../page/fetch_or_reload";
import { FACES } from "./face";

const urls = signal<readonly string[]>([]);

let isFetched = false;

/** Fetch the drawings, once somebody is to be seen; until they are there, the place of a face is empty. */
function fetchImages(): void {
  if (isFetched) return;
  isFetched = true;
  void fetchOrReload(() => import("./face_sprite")).then(({ faceUrl }) => {
    urls.value = Array.from({ length: FACES }, (_, index) => faceUrl(index + 1));
  });
}

/** A face; it stands beside a name or its own words, so screen readers pass it by. */
export function FacePicture({ face, size }: { face: number; size: number }) {
  return (
    <svg class="face" aria-hidden="true" width={size} height={size} viewBox={`0 0 ${size} ${size}`}>
      <FaceImage face={face} size={size} />
    </svg>
  );
}

/** A face within another drawing, from its upper left corner. */
export function FaceImage({ face, size }: { face: number; size: number }) {
  useEffect(fetchImages, []);
  return <image href={urls.value[face - 1]} width={size} height={size} />;
}
