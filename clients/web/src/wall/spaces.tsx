// One board per space, seats in fixed places: makers left, resources right, ventures below. Nobody jumps between frames.
import { TrackSym } from "../parts/sprite";
import { Part, SectorTile, Token } from "../parts/tokens";
import { useRoom } from "../store/context";
import type { Venture } from "../store/entities";
import { placeOf } from "../store/mine";
import { seatName, spaceName, stageName, TRACKS, ventureName } from "../texts/names";
import { t } from "../texts";

// from how many rows on the boards are drawn closer, and from how many people names give way to tokens
const DENSE_ROWS = 6;
const CROWD_SEATS = 24;

export function Spaces() {
  const room = useRoom();
  const { view } = room;
  const makers = view.all("maker").length;
  const garage = view.all("maker").filter((maker) => placeOf(room, maker.seat) === 0);
  const rows = (makers + view.all("venture").filter((venture) => !venture.closed).length) / Math.max(1, view.all("space").length);
  const look = makers + view.all("investor").length > CROWD_SEATS ? " crowd" : rows >= DENSE_ROWS ? " dense" : "";
  return (
    <div class={`boards${look}`}>
      {view.all("space").map((space) => (
        <Board key={space.id} space={space.id} />
      ))}
      {garage.length > 0 ? <Board space={0} /> : null}
    </div>
  );
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
