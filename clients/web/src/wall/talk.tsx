// One question for the class, as large as the wall has room for: what the host wants people to talk about now. It is
// one of the notes of a phase, in the wall's own language.
import { t } from "../texts";

export function Talk({ about }: { about: string }) {
  return (
    <div class="wall-talk board">
      <svg class="talk-picture things" viewBox="0 0 200 150" aria-hidden="true">
        <path class="bubble back" d="M70 14H190V92H166V120L136 92H70Z" />
        <path class="bubble" d="M10 34H130V112H72L42 140V112H10Z" />
        <path class="lines" d="M30 60H110M30 84H88" />
      </svg>
      <p class="wall-meta">{t("ui.wall.scene.talk")}</p>
      <h2 class="must">{t(`ui.host.notes.${about}.ask`)}</h2>
    </div>
  );
}
