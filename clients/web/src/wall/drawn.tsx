// Things as the wall draws them in the middle of a board: one large, or ventures as parts side by side.
import type { ComponentChildren } from "preact";
import { PartShape } from "../parts/pictures/tokens";
import type { Venture } from "../store/entities";

interface DrawingProps {
  box: string;
  drawn: ComponentChildren;
}

/** One of the things, in the middle of a frame. */
export function Drawing({ box, drawn }: DrawingProps) {
  return (
    <svg class="things drawing" viewBox={box} aria-hidden="true">
      {drawn}
    </svg>
  );
}

const MOST_PARTS = 20;

interface PartsProps {
  ventures: readonly Pick<Venture, "id" | "sector" | "stage" | "born">[];
  closed?: boolean;
  /** The stage of a part that stands for them where there are none to be drawn. */
  otherwise?: number;
}

/** The things themselves, as many as there is room for. */
export function PartsOf({ ventures, closed = false, otherwise }: PartsProps) {
  if (ventures.length === 0 && otherwise !== undefined)
    return <Drawing box="1 -4 22 26" drawn={<PartShape stage={otherwise} born closed={closed} />} />;
  return (
    <>
      {ventures.slice(0, MOST_PARTS).map(({ id, sector, stage, born }) => (
        <svg key={id} class="made" viewBox="1 -4 22 26" aria-hidden="true" style={{ color: `var(--${sector})` }}>
          <PartShape stage={stage} born={born} closed={closed} />
        </svg>
      ))}
    </>
  );
}
