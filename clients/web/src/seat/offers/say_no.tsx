// A no: to a bot at once; to a person with a reason, if one likes, since only people read it.
import { useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import type { Args } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { seatName } from "../../store/names";
import { isPerson } from "../../store/people_first";
import { t } from "../../texts";
import { about } from "../../texts/numbers";
import "./offers.css";

/** Why somebody says no: the short list of the rules. Nobody has to say. */
export const REASONS = ["price", "spent", "taken"] as const;

export function isReason(reason: string): boolean {
  return (REASONS as readonly string[]).includes(reason);
}

interface SayNoProps {
  /** To whom. */
  to: number;
  disabled?: boolean;
  /** Say it, with what belongs to the reason. */
  onNo: (why: Args) => unknown;
}

export function SayNo({ to, disabled = false, onNo }: SayNoProps) {
  const { view } = useRoom();
  const [asks, setAsks] = useState(false);
  const name = seatName(view, to);
  if (!asks) {
    const first = (): unknown => (isPerson(view, to) ? setAsks(true) : onNo({}));
    return (
      <Button label={about(t("choice.no"), name)} disabled={disabled} onClick={first}>
        {t("choice.no")}
      </Button>
    );
  }
  return (
    <div class="why-no" role="group" aria-label={t("ui.no.why", { name })}>
      <span class="meta">{t("ui.no.why", { name })}</span>
      {REASONS.map((reason) => (
        <Button
          key={reason}
          label={about(t(`reason.${reason}`), name)}
          disabled={disabled}
          onClick={() => onNo({ reason })}
        >
          {t(`reason.${reason}`)}
        </Button>
      ))}
      <Button look="quiet" label={about(t("ui.no.plain"), name)} disabled={disabled} onClick={() => onNo({})}>
        {t("ui.no.plain")}
      </Button>
    </div>
  );
}
