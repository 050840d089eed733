// Where the questions beside the game stand on the seat's page. While the game is played that is one button, in
// nobody's way, and nothing is fetched before it is pressed; at the end they are open.
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { useRoom } from "../../store/context";
import { t } from "../../texts";

export function MyQuestions() {
  const { view, game } = useRoom();
  const isAsked = Object.keys(view.pieces("question")).length > 0;
  const isOver = game.value.status === "over";
  const [Cards, setCards] = useState<FunctionComponent>();
  const box = useRef<HTMLDivElement>(null);
  const fetchThem = (): Promise<unknown> =>
    import("../../parts/answers/question_cards").then(
      (chunk) => setCards(() => chunk.QuestionCards),
      () => undefined, // the game goes on without it
    );
  useEffect(() => {
    if (isAsked && isOver) void fetchThem();
  }, [isAsked, isOver]);
  useEffect(() => {
    if (Cards && !isOver) box.current?.focus(); // the button is gone
  }, [Cards]);
  if (!isAsked) return null;
  if (!Cards) return isOver ? null : <Button onClick={fetchThem}>{t("ui.recap.question")}</Button>;
  return (
    <div class="stack" ref={box} tabIndex={-1}>
      <Cards />
    </div>
  );
}
