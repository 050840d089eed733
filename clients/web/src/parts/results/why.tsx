// Why it went as it did: the moments of this game as cards, shown as they come; until they are there it is said how far
// it is. A host's bookmarks stand above them on the host's own page.
import { useEffect } from "preact/hooks";
import { useRoom } from "../../store/context";
import { seasonInRun } from "../../store/run";
import { need, t } from "../../texts";
import { isolated } from "../../texts/signs";
import { isResultOpen } from "./scenes";
import { WhyCard } from "./why_card";
import { progressOf, whysOf } from "./why_data";
import "./why.css";

/** `only` is the number of the one that the host shows on the wall. */
export function WhyCards({ only }: { only?: number | undefined }) {
  return (
    <div class="stack whys">
      <Bookmarks />
      {isResultOpen(useRoom()) ? <Cards only={only} /> : <WaitsForHost />}
    </div>
  );
}

/** Why nothing of it is told yet: a host reveals it, and reads that it is their own to do. */
export function WaitsForHost() {
  const isHost = useRoom().you.value?.kind === "host";
  return <p class="meta">{t(isHost ? "ui.debrief.waits.host" : "ui.final.waits")}</p>;
}

function Cards({ only }: { only?: number | undefined }) {
  const all = whysOf(useRoom().view);
  const shown = only === undefined ? all : all.filter((why) => why.number === only);
  return (
    <>
      {only === undefined || shown.length === 0 ? <WhyProgress /> : null}
      {shown.map((why) => (
        <WhyCard key={why.number} why={why} />
      ))}
    </>
  );
}

/** How far the telling is; nothing once it is whole and there is something to read. */
export function WhyProgress() {
  const { view } = useRoom();
  useEffect(() => void need("debrief"), []);
  const progress = progressOf(view);
  const count = whysOf(view).length;
  if (!progress || (progress.status === "whole" && count > 0)) return null;
  const { status, of } = progress;
  const text = status === "whole" ? "none" : status === "making" && !of ? "looking" : status;
  return (
    <div class="why-progress" role="status">
      <p>{t(`ui.debrief.why.${text}`, { told: count, of })}</p>
      {status === "making" && of ? (
        <ol class="made" aria-hidden="true">
          {Array.from({ length: of }, (_, number) => (
            <li key={number} class={count > number ? "is-made" : number === count ? "is-next" : ""} />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

interface Bookmark {
  season: number;
  phase: string;
  at: number;
  word: string;
}

/** The moments that a host has marked, in order; they are in no other hand. */
function Bookmarks() {
  const { view } = useRoom();
  const marked = Object.entries((view.hand["bookmark"] ?? {}) as unknown as { readonly [seq: string]: Bookmark });
  if (marked.length === 0) return null;
  return (
    <section class="bookmarks">
      <h2>{t("ui.debrief.bookmarks")}</h2>
      <ol class="turning">
        {marked
          .sort(([one], [other]) => Number(one) - Number(other))
          .map(([seq, { season, phase, word }]) => (
            <li key={seq}>
              {isolated(word)}{" "}
              <span class="meta when">
                {t("ui.when", { season: seasonInRun(view, season), phase: t(`phase.${phase}`) })} ·{" "}
                {t("ui.debrief.why.line", { seq })}
              </span>
            </li>
          ))}
      </ol>
      <p class="meta">{t("ui.debrief.bookmarks.yours")}</p>
    </section>
  );
}
