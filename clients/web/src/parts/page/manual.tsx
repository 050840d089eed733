// The rules themselves, for the screen and for paper: who plays, the way of a season, the words, and how points are
// made.
import { ROLES } from "../../store/names";
import { t } from "../../texts";
import { inARow } from "../../texts/numbers";
import { Sym } from "../pictures/sprite";

const REST = ["means", "limits", "first_step"] as const;
export const PHASES = [
  "policy",
  "admission",
  "exchange",
  "matching",
  "incubation",
  "market",
  "appraisal",
  "recap",
] as const;
const WORDS = ["venture", "born", "hours", "spirit", "trust", "appeal", "offer", "commons", "standard"] as const;

export function Manual() {
  return (
    <>
      <section class="stack tight">
        <h2>{t("ui.manual.roles")}</h2>
        {ROLES.map((role) => (
          <RoleInShort key={role} role={role} />
        ))}
      </section>
      <section class="stack tight">
        <h2>{t("ui.rules.season")}</h2>
        <ol class="manual-phases">
          {PHASES.map((phase) => (
            <li key={phase}>
              <Sym name={phase} size={24} />
              <span>
                <b>{t(`phase.${phase}`)}</b> <span class="meta">{t(`ui.manual.phase.${phase}`)}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section class="stack tight">
        <h2>{t("ui.manual.words")}</h2>
        <Words />
      </section>
      <PointsMade />
    </>
  );
}

/** What the score of each role is made of, with the numbers of the rules. */
function PointsMade() {
  return (
    <section class="stack tight">
      <h2>{t("ui.manual.points")}</h2>
      <dl class="manual-words">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd class="meta">{t(`ui.manual.points.${role}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{inARow([t("ui.manual.points.all"), t("ui.manual.points.then")])}</p>
    </section>
  );
}

function RoleInShort({ role }: { role: string }) {
  return (
    <div class="manual-role">
      <Sym name={role} size={28} color={`var(--${role})`} />
      <div>
        <b>{t(`role.${role}`)}</b>
        <p>{t(`sheet.${role}.aim`)}</p>
        <p class="meta">{inARow(REST.map((part) => t(`sheet.${role}.${part}`)))}</p>
      </div>
    </div>
  );
}

function Words() {
  return (
    <dl class="manual-words">
      {WORDS.map((word) => (
        <div key={word}>
          <dt>{t(`ui.manual.word.${word}`)}</dt>
          <dd class="meta">{t(`ui.manual.word.${word}.means`)}</dd>
        </div>
      ))}
    </dl>
  );
}
