// No dice this season: what was missing, track by track.
import { Card } from "../../../parts/pictures/card";
import { TrackSym } from "../../../parts/pictures/sprite";
import { useRoom } from "../../../store/context";
import { TRACKS, ventureName } from "../../../store/names";
import type { View } from "../../../store/view";
import { t } from "../../../texts";
import { inARow, listed } from "../../../texts/numbers";
import type { Unrolled } from "../kinds";
import { Head, Row } from "./pieces";

function missing({ lacks }: Unrolled): string {
  const parts = TRACKS.flatMap((track, index) =>
    (lacks[index] ?? 0) > 0 ? [`${t(`track.${track}`)} ${lacks[index]}`] : [],
  );
  return listed(parts);
}

export function unrolledSentence(view: View, moment: Unrolled): string {
  const title = t("ui.moment.unrolled", { venture: ventureName(view, moment.venture) });
  return inARow([title, t(`ui.moment.unrolled.${moment.reason}`, { missing: missing(moment) })]);
}

export function UnrolledCard({ moment }: { moment: Unrolled }) {
  const { view } = useRoom();
  const { venture, reason, lacks, held } = moment;
  return (
    <Card teeth={2}>
      <Head moment={moment} title={t("ui.moment.unrolled", { venture: ventureName(view, venture) })} />
      <p>{t(`ui.moment.unrolled.${reason}`, { missing: missing(moment) })}</p>
      {reason === "short" ? (
        <ul>
          {TRACKS.map((track, index) => (
            <Row
              key={track}
              name={
                <>
                  <TrackSym track={track} /> {t(`track.${track}`)}
                </>
              }
            >
              <b class={`amount ${(lacks[index] ?? 0) > 0 ? "bad" : "good"}`}>
                {(lacks[index] ?? 0) > 0 ? t("ui.moment.short", { n: lacks[index] ?? 0 }) : t("ui.moment.enough")}
              </b>
            </Row>
          ))}
        </ul>
      ) : null}
      <p class="meta">{t(held ? "ui.moment.unrolled.held.next" : `ui.moment.unrolled.${reason}.next`)}</p>
    </Card>
  );
}
