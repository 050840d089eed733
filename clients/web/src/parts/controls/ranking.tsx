// An order of preference: up and down by buttons or arrow keys, in and out by buttons, so that it works with one thumb
// and without a drag.
import type { ComponentChildren } from "preact";
import { t } from "../../texts";
import { IconButton } from "./icon_button";

interface RankingProps<T> {
  options: readonly T[];
  chosen: readonly T[];
  most: number;
  name: (option: T) => string;
  note?: (option: T) => ComponentChildren;
  below: string;
  onChange: (chosen: T[]) => void;
}

export function Ranking<T extends string | number>(props: RankingProps<T>) {
  const { options, chosen, most, name, note, below, onChange } = props;
  const left = options.filter((option) => !chosen.includes(option));
  return (
    <div class="ranking">
      <Ranked {...props} />
      {left.length > 0 ? <p class="meta below">{below}</p> : null}
      <ul>
        {left.map((option) => (
          <li key={option} class="rank-line">
            <bdi class="grow">{name(option)}</bdi>
            <button
              type="button"
              class="button"
              aria-label={t("ui.rank.in", { name: name(option) })}
              disabled={chosen.length >= most}
              onClick={() => onChange([...chosen, option])}
            >
              {t("ui.add")}
            </button>
            <div class="rank-note">{note?.(option)}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ranked<T extends string | number>({ chosen, name, note, onChange }: RankingProps<T>) {
  const move = (index: number, by: number): void => {
    const next = [...chosen];
    const [one] = next.splice(index, 1);
    if (one !== undefined) next.splice(index + by, 0, one);
    onChange(next);
  };
  const byArrow = (event: KeyboardEvent, index: number): void => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0 || index + by < 0 || index + by >= chosen.length) return;
    event.preventDefault();
    move(index, by);
  };
  return (
    <ol>
      {chosen.map((option, index) => (
        <li key={option} class="rank-line" onKeyDown={(event) => byArrow(event, index)}>
          <span class="place mono">{index + 1}</span>
          <bdi class="grow">{name(option)}</bdi>
          <RankKeys
            name={name(option)}
            isFirst={index === 0}
            isLast={index === chosen.length - 1}
            onMove={(by) => move(index, by)}
            onOut={() => onChange(chosen.filter((each) => each !== option))}
          />
          <div class="rank-note">{note?.(option)}</div>
        </li>
      ))}
    </ol>
  );
}

interface RankKeysProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: number) => void;
  onOut: () => void;
}

function RankKeys({ name, isFirst, isLast, onMove, onOut }: RankKeysProps) {
  return (
    <>
      <IconButton icon="up" label={t("ui.rank.up", { name })} disabled={isFirst} onClick={() => onMove(-1)} />
      <IconButton icon="down" label={t("ui.rank.down", { name })} disabled={isLast} onClick={() => onMove(1)} />
      <IconButton icon="close" label={t("ui.rank.out", { name })} onClick={onOut} />
    </>
  );
}
