// The pictures of the opening scene, each with its words: what this is, in six times fifteen seconds.
import type { FunctionComponent } from "preact";
import { t } from "../../texts";
import type { Beat } from "../results/scenes";
import { Energy, Matching, Metabolism, Place, Roles, Stake } from "./opening_pictures";
import "./slides.css";

const PICTURES: { readonly [beat in Beat]: FunctionComponent } = {
  place: Place,
  matching: Matching,
  energy: Energy,
  metabolism: Metabolism,
  roles: Roles,
  stake: Stake,
};

/** One picture with its words. */
export function BeatSlide({ beat }: { beat: Beat }) {
  const Picture = PICTURES[beat];
  return (
    <section class="slide beat" data-beat={beat}>
      <div class="beat-picture">
        <Picture />
      </div>
      <h2 class="slide-title">{t(`lesson.scene.${beat}`)}</h2>
      <p class="slide-says">{t(`lesson.scene.${beat}.show`)}</p>
    </section>
  );
}
