// The living picture: one board per space, everybody in a fixed place, this season's ties and deals as lines whose
// joints meet. It is a picture beside a list: screen readers read the list.
import type { ComponentChildren } from "preact";
import { FaceShape } from "../../parts/pictures/faces/face";
import { strokeOf } from "../../parts/pictures/pens";
import { cut, widthOf } from "../../parts/pictures/text_width";
import { PartShape } from "../../parts/pictures/tokens";
import { stageName } from "../../store/names";
import { t } from "../../texts";
import { listed, number } from "../../texts/numbers";
import { type Figure, freeDesks, type Line, type Picture, pictureOf, type Thing } from "./boards";
import { Lines } from "./lines";
import { usePaced } from "./paced";
import { BESIDE, BESIDE_SIGN, type Placed, placed, type Spot, shownName, UNDER, VENTURE_TEXT } from "./places";

// letters of a board's name, and of what is said beside it
const NAME = 36;
const NOTE = 30;

interface LivingProps {
  /** What a scene is about: ties or deals alone; otherwise everything. */
  only?: Line["sort"] | undefined;
}

export function LivingPicture({ only }: LivingProps) {
  const picture = usePaced(pictureOf);
  const size = only ? UNDER : BESIDE;
  const boards = placed(only ? withoutVentures(picture) : picture, size);
  const lines = picture.lines.filter((line) => !only || line.sort === only);
  return (
    <div class="living">
      <svg
        class="picture"
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="xMidYMin meet"
        aria-hidden="true"
      >
        {boards.map((board) => (
          <Ground key={board.board.space} {...board} />
        ))}
        <Lines boards={boards} lines={lines} />
        {boards.map((board) => (
          <Board key={board.board.space} {...board} withVentures={!only} />
        ))}
      </svg>
      <SpokenList picture={picture} lines={lines} />
    </div>
  );
}

function withoutVentures(picture: Picture): Picture {
  return { ...picture, boards: picture.boards.map((board) => ({ ...board, ventures: [] })) };
}

function Ground({ x, y, width, height, board }: Placed) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect class={board.space ? "ground" : "ground garage"} width={width} height={height} rx="8" />
      {[0, 1, 2].map((tooth) =>
        board.space ? <path key={tooth} class="tooth" d={`M${16 + tooth * 42} 1V-10H${46 + tooth * 42}V1`} /> : null,
      )}
    </g>
  );
}

function Board({ withVentures, ...placed }: Placed & { withVentures: boolean }) {
  const { x, y, width, height, board, counted, people, desks, ventures, more } = placed;
  return (
    <g class={board.space ? undefined : "in-garage"} transform={`translate(${x} ${y})`}>
      <text class="board-name" x="24" y="42">
        {cut(board.name, width - 48, NAME)}
      </text>
      <DeskCount board={board} width={width} />
      {counted ? <Counts width={width} height={height} board={board} withVentures={withVentures} /> : null}
      {desks.map((desk) => (
        <circle key={desk.y} class="desk" cx={desk.x} cy={desk.y} r={desk.size / 2 - 2} />
      ))}
      {[...board.makers, ...board.investors].map((figure) => {
        const spot = people.get(figure.seat);
        return spot ? <Person key={figure.seat} figure={figure} spot={spot} /> : null;
      })}
      {ventures.map((place) => {
        const venture = board.ventures.find((each) => each.id === place.id);
        return venture ? (
          <Moved key={venture.id} x={place.x} y={place.y}>
            <g transform={`scale(${place.scale})`}>
              <VentureSign venture={venture} named={place.named} width={place.width / place.scale} />
            </g>
          </Moved>
        ) : null;
      })}
      <More n={more} after={ventures.at(-1)} />
    </g>
  );
}

/** Beside the name, where there is room for both. */
function DeskCount({ board, width }: { board: Placed["board"]; width: number }) {
  if (!board.space) return null;
  const text =
    board.desks === 0 ? t("ui.wall.desks.none") : t("ui.wall.desks", { free: freeDesks(board), all: board.desks });
  if (widthOf(board.name, NAME) + widthOf(text, NOTE) + 80 > width) return null;
  return (
    <text class="board-note" x={width - 24} y="40" text-anchor="end" font-size={NOTE}>
      {text}
    </text>
  );
}

/** As many more, in the place of the last. */
function More({ n, after }: { n: number; after: Placed["ventures"][number] | undefined }) {
  if (n <= 0 || !after) return null;
  return (
    <text x={after.x + after.width + 8} y={after.y + 38} font-size="31">
      +{number(n)}
    </text>
  );
}

function Moved({ x, y, children }: { x: number; y: number; children: ComponentChildren }) {
  return (
    <g class="moved" style={{ transform: `translate(${x}px, ${y}px)` }}>
      {children}
    </g>
  );
}

function Counts({
  width,
  height,
  board,
  withVentures,
}: {
  width: number;
  height: number;
  board: Placed["board"];
  withVentures: boolean;
}) {
  const counts = [
    ["maker", board.makers.length],
    ["investor", board.investors.length],
    ...(withVentures ? [["part", board.ventures.filter((venture) => !venture.closed).length] as const] : []),
  ] as const;
  return (
    <>
      {counts.map(([symbol, count], index) => (
        <g key={symbol} transform={`translate(${24 + index * ((width - 48) / 3)} ${56 + (height - 56) / 2 - 32})`}>
          {symbol === "part" ? (
            <g transform="scale(2.33)">
              <PartShape stage={2} born />
            </g>
          ) : (
            <use class={`sign ${symbol}`} href={`#s-${symbol}`} width="56" height="56" />
          )}
          <text class="count" x="68" y="46">
            {number(count)}
          </text>
        </g>
      ))}
    </>
  );
}

const SIGN_AT = 0.66; // of a face's half: where the sign of its role begins, to the lower right

function Person({ figure, spot }: { figure: Figure; spot: Spot }) {
  const { direction } = spot;
  const half = spot.size / 2;
  const size = spot.text;
  const name = shownName(figure, spot);
  return (
    <Moved x={spot.x} y={spot.y}>
      {figure.pen ? <circle class="token-ring" r={half - 2} {...strokeOf(figure.pen)} /> : null}
      <g transform={`translate(${-half} ${-half})`}>
        <FaceShape face={figure.face} size={spot.size} />
      </g>
      <circle class="sign-ground" cx={half * SIGN_AT} cy={half * SIGN_AT} r={half * 0.46} />
      <use
        class={`sign ${figure.role}`}
        href={`#s-${figure.symbol}`}
        x={half * (SIGN_AT - 0.38)}
        y={half * (SIGN_AT - 0.38)}
        width={half * 0.76}
        height={half * 0.76}
      />
      <text
        class="person-name"
        x={direction * (half + 10)}
        y={size * 0.36}
        font-size={size}
        text-anchor={direction === 1 ? "start" : "end"}
      >
        {name}
      </text>
    </Moved>
  );
}

function VentureSign({ venture, named, width }: { venture: Thing; named: boolean; width: number }) {
  return (
    <g class={venture.closed ? "venture-sign closed" : "venture-sign"}>
      <rect x="0" y="6" width="42" height="42" rx="8" fill={`var(--${venture.sector})`} />
      <use class="on-sector" href={`#s-${venture.sector}`} x="8" y="14" width="26" height="26" />
      <g transform="translate(48 4) scale(1.92)">
        <PartShape stage={venture.stage} born={venture.born} closed={venture.closed} />
      </g>
      {named ? (
        <text class="person-name" x="100" y="38" font-size={VENTURE_TEXT}>
          {cut(venture.name, width - BESIDE_SIGN, VENTURE_TEXT)}
        </text>
      ) : null}
    </g>
  );
}

/** The same in words, for those who can't see the picture. */
function SpokenList({ picture, lines }: { picture: Picture; lines: readonly Line[] }) {
  const people = picture.boards.flatMap((board) => [...board.makers, ...board.investors]);
  const nameOf = (seat: number): string => people.find((figure) => figure.seat === seat)?.name ?? "";
  const bonds = (seat: number): string =>
    listed(
      lines
        .filter((line) => line.one === seat || line.other === seat)
        .map((line) => t(`ui.wall.bond.${line.sort}`, { name: nameOf(line.one === seat ? line.other : line.one) })),
    );
  return (
    <div class="unseen">
      {picture.boards.map((board) => (
        <section key={board.space} aria-label={board.name}>
          <ul>
            {[...board.makers, ...board.investors].map((figure) => (
              <li key={figure.seat}>
                <bdi>{figure.name}</bdi> {bonds(figure.seat)}
              </li>
            ))}
            {board.ventures.map((venture) => (
              <li key={venture.id}>
                {t("ui.part", {
                  name: venture.name,
                  stage: stageName(venture.stage),
                  n: venture.stage + 1,
                  state: t(venture.closed ? "ui.part.closed" : venture.born ? "ui.part.born" : "ui.part.unborn"),
                })}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
