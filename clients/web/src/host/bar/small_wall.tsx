// The wall as a small picture of boards on the mat: the game, one scene, a question, or the curtain. It shows which of
// them it is, and nothing of what they say.
import type { ComponentChildren } from "preact";
import { onWall } from "../../parts/answers/answers";
import { GAME, OPENING, shownOf, WAY_IN } from "../../parts/results/scenes";
import { openingNow } from "../../parts/slides/opening_time";
import { useRoom } from "../../store/context";

const GAME_BOARDS = [0, 1, 2, 3].map((place) => (
  <rect key={place} x={8 + place * 37} y="22" width="33" height="48" rx="2" />
));

const PICTURES: { readonly [what: string]: ComponentChildren } = {
  game: (
    <>
      <rect x="8" y="6" width="144" height="10" rx="2" />
      {GAME_BOARDS}
      <rect x="8" y="76" width="144" height="8" rx="2" />
    </>
  ),
  way_in: (
    <>
      <rect x="8" y="8" width="74" height="74" rx="2" />
      <rect class="dark" x="24" y="24" width="42" height="42" />
      <rect x="90" y="8" width="62" height="34" rx="2" />
      <rect x="90" y="48" width="62" height="34" rx="2" />
    </>
  ),
  scene: (
    <>
      <rect x="8" y="6" width="144" height="78" rx="2" />
      <rect class="dark" x="18" y="14" width="70" height="6" />
      <rect class="tone" x="18" y="52" width="22" height="24" />
      <rect class="tone" x="52" y="38" width="22" height="38" />
      <rect class="tone" x="86" y="46" width="22" height="30" />
      <rect class="tone" x="120" y="30" width="22" height="46" />
    </>
  ),
  talk: (
    <>
      <path d="M20 10H140V66H84L66 82V66H20Z" />
      <path class="line" d="M68 30C68 16 92 16 92 30C92 38 80 38 80 48M80 55V59" />
    </>
  ),
  curtain: <path class="folds" d="M8 4V86M28 4V86M48 4V86M68 4V86M92 4V86M112 4V86M132 4V86M152 4V86" />,
};

export function SmallWall() {
  const room = useRoom();
  const { scene, curtain, talk } = shownOf(room.view);
  const isGame = scene === GAME && room.game.value.status === "running";
  const isLobby = room.game.value.status === "lobby";
  const isWayIn = scene === WAY_IN || (isLobby && (scene === GAME || (scene === OPENING && !openingNow(room))));
  const what = curtain
    ? "curtain"
    : talk || onWall(room.view)
      ? "talk"
      : isGame
        ? "game"
        : isWayIn
          ? "way_in"
          : "scene";
  return (
    <svg class="small-wall" viewBox="0 0 160 90" aria-hidden="true" data-shows={what}>
      <rect class="mat" width="160" height="90" rx="4" />
      <g>{PICTURES[what]}</g>
    </svg>
  );
}
