// A code that connects a thing, large enough to be typed off, brought into sight when there is a new one.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../texts";

export function PairingCode({ code }: { code: string }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.scrollIntoView({ block: "center" }), [code]);
  if (!code) return null;
  return (
    <div ref={shown} role="status" class="stack tight">
      <b class="mono figure" lang="en">
        {code}
      </b>
      <p class="meta">{t("ui.thing.text")}</p>
    </div>
  );
}
