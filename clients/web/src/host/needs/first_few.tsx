// A list of which the first few stand there, and all of it once the host has opened it.
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { t, tn } from "../../texts";

const FEW = 3;

export function FirstFew({ lines }: { lines: readonly ComponentChild[] }) {
  const [isWhole, setWhole] = useState(false);
  const more = lines.length - FEW;
  return (
    <>
      <ul>{isWhole ? lines : lines.slice(0, FEW)}</ul>
      {more > 0 ? (
        <Button look="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("ui.host.needs.fewer") : tn("ui.host.needs.more", more)}
        </Button>
      ) : null}
    </>
  );
}
