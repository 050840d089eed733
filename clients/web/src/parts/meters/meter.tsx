// A meter of fate: a bar with a line for what must be reached, a band for what is likely, and a word that says what
// follows. The word has a shape of its own, so that no colour is read alone. The picture is beside its sentence.
import { t } from "../../texts";

export type Verdict = "safe" | "close" | "danger" | "time";

const SHAPES: { readonly [verdict in Verdict]: string } = {
  safe: "M12 1.5 21 5V11Q20 20 12 22.5 4 20 3 11V5ZM10.8 16.4 17.6 9.6 15.8 7.8 10.8 12.8 8.2 10.2 6.4 12Z",
  close: "M12 1.5 22.5 12 12 22.5 1.5 12ZM7 10.7V13.3H17V10.7Z",
  danger: "M12 2 23 21.5H1ZM10.8 9V15H13.2V9ZM10.8 16.6V19H13.2V16.6Z",
  time: "M12 1.5A10.5 10.5 0 1 0 12 22.5 10.5 10.5 0 1 0 12 1.5ZM10.8 6V13.2L15.6 16 16.8 14 13.2 11.8V6Z",
};

/** The word, with its shape. */
export function VerdictWord({ verdict }: { verdict: Verdict }) {
  return (
    <b class={`verdict is-${verdict}`}>
      <svg aria-hidden="true" width="20" height="20" viewBox="0 0 24 24">
        <path d={SHAPES[verdict]} fill="currentColor" fill-rule="evenodd" />
      </svg>
      {t(`ui.fate.${verdict}`)}
    </b>
  );
}

export interface MeterProps {
  must: number;
  /** What the line is called, with its number. */
  line: string;
  /** Between what it is likely to be; both alike where it is sure. Nothing where nobody can say. */
  least?: number | undefined;
  most?: number | undefined;
  /** What the band is called, with its numbers. */
  band?: string;
  verdict?: Verdict | undefined;
}

const ROOM = 1.35; // of the longest thing on the bar

/** The picture alone; what it says stands in a sentence beside it. */
export function Meter({ must, line, least, most, band, verdict }: MeterProps) {
  const low = Math.min(0, least ?? 0);
  const whole = Math.max(1, (Math.max(must, most ?? 0) - low) * ROOM);
  const at = (value: number): number => Math.max(0, Math.min(100, (100 * (value - low)) / whole));
  const isKnown = least !== undefined && most !== undefined;
  const isSure = isKnown && least === most;
  const from = isSure ? at(0) : at(least ?? 0);
  return (
    <span class={`fate-meter is-${verdict ?? "open"}`} aria-hidden="true">
      <span class="fate-line" style={{ "--at": at(must) }}>
        {line}
      </span>
      <span class="fate-track">
        {isKnown ? (
          <i
            class={isSure ? "sure" : "likely"}
            style={{ insetInlineStart: `${from}%`, width: `${at(most) - from}%` }}
          />
        ) : null}
        <u style={{ insetInlineStart: `${at(must)}%` }} />
      </span>
      {band ? (
        <span class="fate-band" style={{ "--at": isKnown ? at((least + most) / 2) : 0 }}>
          {band}
        </span>
      ) : null}
    </span>
  );
}
