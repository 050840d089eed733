// One board per space, seats in fixed places: makers left, resources right, ventures below. Nobody jumps between frames.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { TrackSym } from "../parts/sprite";
import { Part, SectorTile, Token } from "../parts/tokens";
import { useRoom } from "../store/context";
import type { Venture } from "../store/entities";
import { placeOf } from "../store/mine";
import { seatName, spaceName, stageName, TRACKS, ventureName } from "../texts/names";
import { t } from "../texts";

// how close the boards are drawn: with names and tracks, without tracks, as tokens, as counts
const LOOKS = ["", " dense", " crowd", " counts"];

export function Spaces() {
  const room = useRoom();
  const { view } = room;
  const garage = view.all("maker").filter((maker) => placeOf(room, maker.seat) === 0);
  const alive = view.all("venture").filter((venture) => !venture.closed).length;
  const { box, look } = useFit(`${alive} ${garage.length} ${view.all("seat").length} ${room.game.value.phase}`);
  return (
    <div ref={box} class={`boards${LOOKS[look]}`}>
      {view.all("space").map((space) => (
        <Board key={space.id} space={space.id} />
      ))}
      {garage.length > 0 ? <Board space={0} /> : null}
    </div>
  );
}

/** Draw the boards closer until they fit; begin anew when there is something else to fit in. */
function useFit(content: string): { box: { current: HTMLDivElement | null }; look: number } {
  const box = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState({ content, look: 0 });
  const look = fit.content === content ? fit.look : 0;
  useLayoutEffect(() => {
    const element = box.current;
    const fits = !element || element.scrollHeight <= element.clientHeight + 1;
    if (!fits && look < LOOKS.length - 1) setFit({ content, look: look + 1 });
  }, [content, look]);
  return { box, look };
}

function Board({ space }: { space: number }) {
  const room = useRoom();
  const { view } = room;
  const ventures = view.all("venture").filter((venture) => !venture.closed && venture.space === space);
  const makers = view.all("maker").filter((maker) => placeOf(room, maker.seat) === space);
  const investors = space ? view.all("investor").filter((investor) => investor.badges?.includes(space)) : [];
  return (
    <section class={space ? "board" : "board garage"}>
      <h2>{spaceName(view, space)}</h2>
      <p class="board-counts">{t("ui.wall.counts", { makers: makers.length, investors: investors.length, ventures: ventures.length })}</p>
      <div class="board-people">
        <People seats={makers.map((maker) => maker.seat)} />
        <People seats={investors.map((investor) => investor.seat)} />
      </div>
      <ul class="board-ventures">
        {ventures.map((venture) => (
          <VentureLine key={venture.id} venture={venture} />
        ))}
      </ul>
      {space && ventures.length === 0 ? <p class="wall-meta">{t("ui.wall.no_ventures")}</p> : null}
    </section>
  );
}

function People({ seats }: { seats: readonly number[] }) {
  const { view } = useRoom();
  return (
    <ul class="wall-people">
      {seats.map((seat) => (
        <li key={seat}>
          <Token seat={seat} />
          <bdi>{seatName(view, seat)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function VentureLine({ venture }: { venture: Venture }) {
  const { view } = useRoom();
  const name = ventureName(view, venture.id);
  return (
    <li>
      <SectorTile sector={venture.sector} size={56} />
      <Part stage={venture.stage} born={venture.born} size={64} name={name} />
      <span class="venture-name">
        {name}
        <span class="wall-meta">
          {seatName(view, venture.lead)} · {stageName(venture.stage)}
        </span>
      </span>
      <ul class="tracks">
        {TRACKS.map((track, index) => (
          <li key={track} aria-label={t(`track.${track}`)}>
            <TrackSym track={track} />
            <b class="mono">{venture.tracks?.[index] ?? 0}</b>
          </li>
        ))}
      </ul>
    </li>
  );
}
