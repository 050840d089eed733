// When the wall sounds: somebody comes, the last ten seconds, deals are signed, dice, a birth, the podium; never where
// the host wants it silent, nor behind the curtain.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { RANKING, shownOf } from "../../parts/results/scenes";
import { openingNow } from "../../parts/slides/opening_time";
import { hasCome } from "../../store/come";
import { useRoom } from "../../store/context";
import type { Room } from "../../store/room";
import { remaining } from "../../store/time";
import type { Takeover } from "../takeovers/found";
import { makeSound, type Sound, soundOnceTouched } from "./sounds";

const LAST_MS = 10_000;

/** What the wall has heard of so far: a sound is made for what is more than before. */
export interface Heard {
  people: number;
  deals: number;
  /** The whole seconds that are left, in the last ten of them. */
  seconds: number | undefined;
  podium: number | undefined;
  /** Which picture of the opening scene there is. */
  picture: number | undefined;
}

export function heardIn(room: Room): Heard {
  const { view } = room;
  const { scene, step } = shownOf(view);
  const { status, season } = view.single("game");
  const { ms, paused } = remaining(room);
  const isLast = status === "running" && ms !== undefined && !paused && ms <= LAST_MS && ms > 0;
  return {
    people: status === "lobby" ? view.all("seat").filter(hasCome).length : 0,
    deals: view.all("deal").filter((deal) => deal.season === season).length,
    seconds: isLast ? Math.ceil(ms / 1000) : undefined,
    podium: scene === RANKING ? step : undefined,
    picture: openingNow(room)?.step,
  };
}

/** Return what sounds, when the room goes on from what was heard before. */
export function soundsOf(before: Heard, now: Heard): Sound[] {
  return [
    ...(now.people > before.people ? (["join"] as const) : []),
    ...(now.deals > before.deals ? (["signed"] as const) : []),
    ...(now.seconds !== undefined && now.seconds !== before.seconds ? (["tick"] as const) : []),
    ...(now.podium !== undefined && now.podium !== before.podium ? (["podium"] as const) : []),
    ...(now.picture !== undefined && now.picture !== before.picture ? (["picture"] as const) : []),
  ];
}

const OF_TAKEOVER: { readonly [kind in Takeover["kind"]]?: Sound } = {
  birth: "birth",
  product: "birth",
  missed: "dice",
};

export function useSounds(takeover: Takeover | undefined): void {
  const room = useRoom();
  const before = useRef<Heard>(undefined);
  const isQuiet = (): boolean => {
    const { silent, curtain } = shownOf(room.view);
    return Boolean(silent || curtain);
  };
  useEffect(() => soundOnceTouched(), []);
  useEffect(() => {
    return effect(() => {
      const now = heardIn(room);
      const sounds = before.current && !isQuiet() ? soundsOf(before.current, now) : [];
      before.current = now;
      for (const sound of sounds) makeSound(sound);
    });
  }, [room]);
  useEffect(() => {
    const sound = takeover && OF_TAKEOVER[takeover.kind];
    if (sound && !isQuiet()) makeSound(sound);
  }, [takeover]);
}
