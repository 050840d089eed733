// What lies under the host's thumb, always in the same place: the pace, the next scene, and the next phase. On a phone
// the wall lies there too.
import { useRoom } from "../../store/context";
import { useNarrow } from "../narrow";
import { CloseButton } from "./close_phase";
import { Pace } from "./pace";
import { Steps, WallCard } from "./wall_control";

export function Thumb() {
  const { status } = useRoom().game.value;
  const isNarrow = useNarrow();
  return (
    <div class="thumb">
      {isNarrow ? <WallCard /> : null}
      <Pace />
      <Steps />
      {status === "running" ? <CloseButton /> : null}
    </div>
  );
}
