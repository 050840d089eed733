// A card of cut board. Teeth on its top edge say what it is: one for a person, two for a venture, three for a space.
import { type ComponentChildren, createContext } from "preact";
import { t } from "../../texts";
import { Sym } from "./sprite";

/** Whether what stands here is inside a card that is itself a key: no other key may lie in it. */
export const CardIsKey = createContext(false);

export type Teeth = 0 | 1 | 2 | 3;

interface CardProps {
  teeth?: Teeth;
  /** Whose colour its band has, where it has one. */
  kind?: string;
  children: ComponentChildren;
  chosen?: boolean;
  /** Makes the card a choice. */
  onChoose?: () => void;
  disabled?: boolean;
  label?: string;
}

function Joint({ teeth }: { teeth: Teeth }) {
  if (teeth === 0) return null;
  return (
    <span class="joint" aria-hidden="true">
      {Array.from({ length: teeth }, (_, index) => (
        <i key={index} />
      ))}
    </span>
  );
}

export function Card({ teeth = 0, kind, children, chosen = false, onChoose, disabled = false, label }: CardProps) {
  const name = chosen ? "card chosen" : "card";
  if (!onChoose) {
    return (
      <div class={name} style={kind ? { "--kind": `var(--${kind})`, "--on-kind": "var(--surface)" } : undefined}>
        <Joint teeth={teeth} />
        {children}
      </div>
    );
  }
  return (
    <button type="button" class={name} aria-pressed={chosen} aria-label={label} disabled={disabled} onClick={onChoose}>
      <Joint teeth={teeth} />
      <CardIsKey.Provider value>{children}</CardIsKey.Provider>
    </button>
  );
}

/** The word and mark on a chosen card. */
export function Chosen({ on }: { on: boolean }) {
  if (!on) return null;
  return (
    <span class="tag filled">
      <Sym name="check" size={14} />
      {t("ui.chosen")}
    </span>
  );
}
