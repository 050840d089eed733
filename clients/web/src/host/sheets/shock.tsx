// A shock: pick a card, see what it would change, send it. What it would change is asked of the server.
import { useEffect, useState } from "preact/hooks";
import { Complaint } from "../../forms/form";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import type { Failure, Preview } from "../../protocol/frames";
import { useRoom } from "../../store/context";
import { optionsOf } from "../../store/legal";
import { lineText } from "../../store/names";
import type { Room } from "../../store/room";
import { has, t } from "../../texts";
import { useSelection } from "../selection";

const DECKS = ["policy", "market"];

function deckOf(card: string): string {
  return DECKS.find((deck) => has(`${deck}.${card}.name`)) ?? "";
}

function nameOf(card: string): string {
  const deck = deckOf(card);
  return deck ? t(`${deck}.${card}.name`) : card;
}

export function ShockSheet() {
  const room = useRoom();
  const selection = useSelection();
  const cards = optionsOf(room.command("host.shock"), "card", room.view.hand).map(String);
  const [chosen, setChosen] = useState(cards[0] ?? "");
  const [failure, setFailure] = useState<Failure>();
  const effect = useEffectOf(chosen);
  const isOver = cards.length === 0; // the phase has closed in which one could be drawn
  useEffect(() => {
    if (isOver) selection.close();
  }, [isOver, selection]);
  const turn = async (): Promise<void> => {
    const answer = await room.send("host.shock", { card: chosen });
    setFailure(answer.error);
    if (answer.ok) selection.close();
  };
  if (isOver) return null;
  return (
    <Sheet title={t("ui.host.shock.title")} onClose={() => selection.close()}>
      <div class="stack">
        <p class="meta">{t("ui.host.shock.text")}</p>
        <CardField cards={cards} chosen={chosen} onChoose={setChosen} />
        <div class="note" role="status">
          {has(`${deckOf(chosen)}.${chosen}.text`) ? <p>{t(`${deckOf(chosen)}.${chosen}.text`)}</p> : null}
          {effect.map((sentence) => (
            <p key={sentence}>
              <b>{sentence}</b>
            </p>
          ))}
        </div>
        <Complaint failure={failure} />
        <Button look="ink" disabled={!chosen} onClick={turn}>
          {t("ui.host.shock.send", { card: nameOf(chosen) })}
        </Button>
      </div>
    </Sheet>
  );
}

function CardField({
  cards,
  chosen,
  onChoose,
}: {
  cards: readonly string[];
  chosen: string;
  onChoose: (card: string) => void;
}) {
  const decks = [...new Set(cards.map(deckOf))];
  return (
    <div class="field">
      <label>
        {t("ui.host.shock.card")}
        <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
          {decks.map((deck) => (
            <optgroup key={deck} label={has(`phase.${deck}`) ? t(`phase.${deck}`) : deck}>
              {cards
                .filter((card) => deckOf(card) === deck)
                .map((card) => (
                  <option key={card} value={card}>
                    {nameOf(card)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
    </div>
  );
}

/**
 * Return what the server says would change as sentences: the line that everybody would read, and the rule on the card.
 */
function sentencesOf({ view }: Room, { log = [], table = {} }: Preview): string[] {
  const { effect = "", tax = 0 } = (table["world"] ?? {}) as { effect?: string; tax?: number };
  const amount = view.all("module").find((module) => "subsidy" in module)?.["subsidy"];
  const rule = has(`effect.${effect}`) ? t(`effect.${effect}`, { rate: tax, amount: Number(amount ?? 0) }) : "";
  return [...log.map((line) => lineText(view, line.text, line.values)), rule].filter(Boolean);
}

/** Return what a card would change. */
function useEffectOf(card: string): string[] {
  const room = useRoom();
  const [sentences, setSentences] = useState<string[]>([]);
  useEffect(() => {
    let current = true;
    if (!card) return undefined;
    void room.preview("host.shock", { card }).then((found) => {
      if (current) setSentences(sentencesOf(room, (found ?? {}) as Preview));
    });
    return () => {
      current = false;
    };
  }, [card]);
  return sentences;
}
