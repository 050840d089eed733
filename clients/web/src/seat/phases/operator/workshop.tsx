// A tenant before the workshop's hours are given: what it lacks, one tap that gives it, and the tracks one by one.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import { Stepper } from "../../../parts/controls/stepper";
import { Card } from "../../../parts/pictures/card";
import { Part, SectorTile } from "../../../parts/pictures/tokens";
import { useRoom } from "../../../store/context";
import { TRACKS, ventureName } from "../../../store/names";
import { t, tn } from "../../../texts";
import { about } from "../../../texts/numbers";
import { useSealed } from "../../question/choices";
import { type Bounds, Ghost, Odds } from "../outlook";

/** What the server says would help a venture. */
export interface Aid {
  /** Points that it lacks if its makers give all their hours. */
  short: number;
  /** Whether it can roll in any case, or with the hours that are wanted and not without. */
  ready: number;
  rolls: number;
  /** Hours by track that fill what it lacks, and those of the plan for all ventures. */
  wanted: readonly number[];
  planned: readonly number[];
}

interface WorkshopProps {
  venture: number;
  given: readonly number[];
  left: number;
  aid: Aid | undefined;
  bounds: Bounds | undefined;
  onGive: (hours: readonly number[]) => void;
}

const NOTHING = [0, 0, 0];

export function Workshop({ venture, given, left, aid, bounds, onGive }: WorkshopProps) {
  const { view } = useRoom();
  const [open, setOpen] = useState(false);
  const found = view.find("venture", venture);
  const name = ventureName(view, venture);
  const has = given.reduce((sum, hours) => sum + hours, 0);
  const offer = offered(aid, left);
  const hours = offer.reduce((sum, each) => sum + each, 0);
  const fold = t("ui.workshop.tracks");
  return (
    <Card teeth={2}>
      <div class="head">
        {found ? <SectorTile sector={found.sector} /> : null}
        <span class="name">{name}</span>
        {found ? <Part stage={found.stage} born={found.born} name={name} /> : null}
      </div>
      {aid ? <p class="meta">{has > 0 ? helped(aid) : lacks(aid)}</p> : null}
      {found && !open && !(aid && bounds?.most["ways"] === undefined) ? (
        <Odds bounds={bounds} born={found.born} />
      ) : null}
      <div class="acts">
        {has > 0 ? (
          <Button label={about(tn("ui.workshop.take_back", has), name)} onClick={() => onGive(NOTHING)}>
            {tn("ui.workshop.take_back", has)}
          </Button>
        ) : hours > 0 ? (
          <Button look="ink" label={about(tn("ui.workshop.give", hours), name)} onClick={() => onGive(offer)}>
            {tn("ui.workshop.give", hours)}
          </Button>
        ) : null}
        <Button look="quiet" on={open} label={about(fold, name)} onClick={() => setOpen(!open)}>
          {fold}
        </Button>
      </div>
      {open ? <Tracks venture={venture} left={left} bounds={bounds} /> : null}
    </Card>
  );
}

/** What it lacks, in a sentence. */
function lacks({ short, ready, rolls }: Aid): string {
  if (ready) return t("ui.workshop.ready");
  if (short === 0) return t("ui.workshop.unborn");
  return tn(rolls ? "ui.workshop.rolls" : "ui.workshop.short", short);
}

/** What the hours that were given come to: its makers' own, which nobody else knows, are not in the odds. */
function helped({ ready, rolls }: Aid): string {
  return ready || rolls ? t("ui.workshop.ready") : "";
}

/** Return the hours that one tap gives: what is lacking, or what the plan has for it, no more than are left. */
function offered(aid: Aid | undefined, left: number): number[] {
  if (!aid) return NOTHING;
  const wanted = aid.short > 0 ? aid.wanted : aid.planned;
  let rest = left;
  return wanted.map((hours) => {
    const now = Math.min(hours, rest);
    rest -= now;
    return now;
  });
}

function Tracks({ venture, left, bounds }: { venture: number; left: number; bounds: Bounds | undefined }) {
  const found = useRoom().view.find("venture", venture);
  return (
    <>
      {TRACKS.map((track, index) => (
        <div key={track} class="worked">
          <WorkshopTrack venture={venture} track={track} left={left} />
          <Ghost track={index} now={found?.tracks?.[index] ?? 0} bounds={bounds} />
        </div>
      ))}
      {found ? <Odds bounds={bounds} born={found.born} /> : null}
    </>
  );
}

function WorkshopTrack({ venture, track, left }: { venture: number; track: string; left: number }) {
  const sealed = useSealed("workshop", { venture, track });
  const value = sealed.own ? Number(sealed.value?.["hours"] ?? 0) : 0;
  return (
    <>
      <Stepper
        label={t(`track.${track}`)}
        value={value}
        min={0}
        max={value + left}
        onChange={(hours) => sealed.set({ hours })}
      />
      <Complaint failure={sealed.failure} />
    </>
  );
}
