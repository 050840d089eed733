// What a command would change, before it is sent: one's own numbers before and after, as the server foresees them.
import type { Args } from "../../protocol/frames";
import { SKILLS } from "../../store/names";
import type { Mine } from "../../store/own_seat";
import { holding } from "../../store/own_seat";
import { t } from "../../texts";
import { number, percent } from "../../texts/numbers";
import { type Foreseen, useForesight } from "./choices";

interface Change {
  name: string;
  before: string;
  after: string;
}

interface ConsequenceProps {
  command: string;
  args: Args | undefined;
  /** Nothing was entered yet: what is missing is said, and nobody is blamed for it. */
  untouched?: boolean;
}

export function Consequence({ command, args, untouched = false }: ConsequenceProps) {
  return <Foretold foreseen={useForesight(command, args)} untouched={untouched} />;
}

/** What is foreseen, in words, or why it would be refused. */
export function Foretold({ foreseen, untouched = false }: { foreseen: Foreseen | undefined; untouched?: boolean }) {
  if (!foreseen) return null;
  if (foreseen.failure && foreseen.isOld) return null; // it says of something else why not
  if (foreseen.failure) return <p class={untouched ? "meta" : "complaint"}>{foreseen.failure.message}</p>;
  const found = changes(foreseen);
  if (found.length === 0) return null;
  return (
    <ul
      class={foreseen.isOld ? "facts consequences old" : "facts consequences"}
      aria-label={t("ui.consequence")}
      aria-busy={foreseen.isOld}
    >
      {found.map((change) => (
        <li key={change.name}>
          {change.name}{" "}
          <b class="mono">
            {change.before} → {change.after}
          </b>
        </li>
      ))}
    </ul>
  );
}

/** One's own credits before and after an amount that is taken at the close. */
export function Sum({ before, after }: { before: number; after: number }) {
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the numbers are read with what they are
    <p class="facts consequences" aria-label={t("ui.consequence")}>
      {t("term.credits")}{" "}
      <b class="mono">
        {number(before)} → {number(after)}
      </b>
    </p>
  );
}

function changes({ before, after }: Foreseen): Change[] {
  const rows: [string, number | undefined, number | undefined, (value: number) => string][] = [
    [t(before.role === "operator" ? "term.treasury" : "term.credits"), before.credits, after.credits, number],
    [t("term.hours"), before.hours, after.hours, number],
    [t("term.spirit"), before.maker?.spirit, after.maker?.spirit, number],
    ...SKILLS.map((skill, index): [string, number | undefined, number | undefined, (value: number) => string] => [
      t(`skill.${skill}`),
      before.maker?.skills?.[index],
      after.maker?.skills?.[index],
      number,
    ]),
    [t("ui.your_share"), share(before), share(after), percent],
  ];
  return rows.flatMap(([name, was, is, show]) =>
    was === is || is === undefined ? [] : [{ name, before: show(was ?? 0), after: show(is) }],
  );
}

function share(own: Mine): number | undefined {
  return own.venture ? holding(own.venture, own.seat) : undefined;
}
