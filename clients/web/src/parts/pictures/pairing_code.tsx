// A code that connects a thing, large enough to be typed off, brought into sight when there is a new one.
import { useLayoutEffect } from "preact/hooks";
import { t } from "../../texts";
import { useInSight } from "../controls/in_sight";

/** A thing that is bound, as a hand has it. */
export interface Device {
  readonly thing: string;
  readonly seat: number;
  /** How often it has been bound, from the second time on. */
  readonly times?: number;
}

/** Call `used` when the thing that a code is for has come, or has come anew under its name. */
export function useUsed(come: readonly [id: string, device: Device] | undefined, used: () => void): void {
  const [id, device] = come ?? [];
  // at once: a new code may come before the page is drawn
  useLayoutEffect(() => void (id && used()), [id, device?.times]);
}

export function PairingCode({ code }: { code: string }) {
  const shown = useInSight(code);
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
