// A list of which the first few stand there, and all of it once the host has opened it.
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { t, tn } from "../../texts";
import { useMedia } from "../narrow";

const FEW = 3;
const FEW_OF_A_LOW_PAGE = 2; // so that beside them the question for the class stays in sight on a laptop
const LOW = "(min-width: 901px) and (max-height: 800px)";

export function FirstFew({ lines }: { lines: readonly ComponentChild[] }) {
  const [isWhole, setWhole] = useState(false);
  const few = useMedia(LOW) ? FEW_OF_A_LOW_PAGE : FEW;
  const more = lines.length - few;
  return (
    <>
      <ul class={isWhole ? "whole" : ""}>{isWhole ? lines : lines.slice(0, few)}</ul>
      {more > 0 ? (
        <Button look="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("ui.host.needs.fewer") : tn("ui.host.needs.more", more)}
        </Button>
      ) : null}
    </>
  );
}
