// What a bot has decided for this seat while its people were away or silent, in words: the commands that it sent.

import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/controls/button";
import { Sheet } from "../../parts/controls/sheet";
import { session } from "../../storage";
import { useRoom } from "../../store/context";
import type { StoodIn } from "../../store/entities";
import { valueName } from "../../store/names";
import type { Room } from "../../store/room";
import { seasonInRun } from "../../store/run";
import type { View } from "../../store/view";
import { need, t, tn } from "../../texts";
import { fieldName } from "../../texts/field_name";
import { listed } from "../../texts/numbers";
import { commandName } from "../question/other_commands";

interface Move extends StoodIn {
  readonly seq: number;
}

function movesOf(room: Room): readonly Move[] {
  const moves = room.view.pieces("stood_in") as unknown as { readonly [seq: string]: StoodIn };
  return Object.entries(moves)
    .map(([seq, move]) => ({ ...move, seq: Number(seq) }))
    .sort((one, other) => one.seq - other.seq);
}

function valuesOf(view: View, { args }: Move): string {
  return Object.entries(args)
    .flatMap(([field, value]) => {
      const said = [value].flat().map((each) => valueName(view, field, each));
      return said.length > 0 ? [t("ui.stood_in.chose", { field: fieldName(field), value: listed(said) })] : [];
    })
    .join(" · ");
}

function Moves({ moves }: { moves: readonly Move[] }) {
  const { view } = useRoom();
  return (
    <ul class="stack tight">
      {moves.map((move) => (
        <li key={move.seq}>
          <span class="meta">
            {t("ui.when", { season: seasonInRun(view, move.season), phase: t(`phase.${move.phase}`) })}
          </span>{" "}
          <b>{commandName(move.name)}</b> {valuesOf(view, move)}
        </li>
      ))}
    </ul>
  );
}

/** All of it, among what is mine. */
export function BotsMoves() {
  const moves = movesOf(useRoom());
  const spoken = useSpoken();
  if (moves.length === 0 || !spoken) return null;
  return (
    <section class="stack tight">
      <h2>{t("ui.stood_in")}</h2>
      <Moves moves={moves} />
    </section>
  );
}

function useSpoken(): boolean {
  const [spoken, setSpoken] = useState(false);
  useEffect(() => void need("asking").then(() => setSpoken(true)), []);
  return spoken;
}

/** How much a bot has decided since it was read last, and what, once. */
export function BotsNews() {
  const room = useRoom();
  const { code, view } = room;
  const moves = movesOf(room);
  const spoken = useSpoken();
  const name = `ms.stood_in.${code.value}`;
  const [read, setRead] = useState(session.read<number>(name) ?? 0);
  const [isOpen, setOpen] = useState(false);
  const fresh = moves.filter(({ seq }) => seq > read);
  const last = moves.at(-1);
  if (fresh.length === 0 || !last || !spoken || view.hand["still_there"]) return null;
  const close = (): void => {
    session.write(name, last.seq);
    setRead(last.seq);
    setOpen(false);
  };
  return (
    <>
      <div class="banner row spread" role="status">
        <span>{tn("ui.stood_in.news", fresh.length)}</span>
        <Button look="ink" onClick={() => setOpen(true)}>
          {t("ui.stood_in.see")}
        </Button>
      </div>
      {isOpen ? (
        <Sheet title={t("ui.stood_in")} onClose={close}>
          <div class="stack">
            <Moves moves={fresh} />
            <p class="meta">{t("ui.stood_in.kept")}</p>
            <Button look="ink" onClick={close}>
              {t("ui.go_on")}
            </Button>
          </div>
        </Sheet>
      ) : null}
    </>
  );
}
