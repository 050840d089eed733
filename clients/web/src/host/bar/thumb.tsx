// What lies under the host's thumb, always in the same place: the pace, the next scene, and the next phase. On a phone
// the wall lies there too.
import { useRoom } from "../../store/context";
import { useNarrow } from "../narrow";
import { CloseButton } from "./close_phase";
import { Pace } from "./pace";
import { Steps, WallCard } from "./wall_control";

export function Thumb() {
  const isNarrow = useNarrow();
  return (
    <div class="thumb">
      <Pace />
      {isNarrow ? <WallCard /> : null}
      <div class="next-row">
        <Steps />
        <Close />
      </div>
    </div>
  );
}

function Close() {
  return useRoom().game.value.status === "running" ? <CloseButton /> : null;
}
