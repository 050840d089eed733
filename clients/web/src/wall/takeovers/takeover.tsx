// One rare thing takes the whole wall: its picture on the dark mat, and a board with what it is, a name and a sentence.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { faceOf } from "../../parts/pictures/faces/face";
import { FacePicture } from "../../parts/pictures/faces/face_image";
import { Sym } from "../../parts/pictures/sprite";
import { House, ROOF } from "../../parts/pictures/things/house";
import { PartShape } from "../../parts/pictures/tokens";
import { useRoom } from "../../store/context";
import { exitText, spaceName, stageName, ventureName, wholeName } from "../../store/names";
import type { Room } from "../../store/room";
import { has, t, tn } from "../../texts";
import { isolated } from "../../texts/signs";
import { withDotsBehind } from "../long_names";
import { useDarkMat } from "../mat";
import { marketEffect, policyEffect } from "../phases/policy";
import type { Kind, Takeover } from "./found";
import "./takeovers.css";

export function TakeoverScene({ takeover, onSkip }: { takeover: Takeover; onSkip: () => void }) {
  const room = useRoom();
  const { title, sentence } = wordsOf(room, takeover);
  const does = effectOf(room, takeover);
  useDarkMat();
  useEffect(() => {
    document.addEventListener("click", onSkip);
    return () => document.removeEventListener("click", onSkip);
  }, [onSkip]);
  return (
    <main class="takeover" data-kind={takeover.kind}>
      <div class="takeover-picture">{pictureOf(room, takeover)}</div>
      <section class="board" role="status">
        <p class="takeover-what">{tn(`ui.wall.take.${takeover.kind}`, takeover.count ?? 1)}</p>
        <h2 class={longest(title) > LONG_WORD ? "long" : ""}>
          <bdi>{title}</bdi>
        </h2>
        {does ? <p class="takeover-does">{does}</p> : null}
        <p class="takeover-says">{sentence}</p>
        <People room={room} takeover={takeover} />
      </section>
    </main>
  );
}

const LONG_WORD = 11; // letters that fit beside the picture in the largest size

function longest(text: string): number {
  return Math.max(0, ...text.split(" ").map((word) => word.length));
}

interface Words {
  title: string;
  sentence: string;
}

function wordsOf({ view }: Room, takeover: Takeover): Words {
  const { kind, venture = 0, space = 0, count = 1, role = "maker", card, roll, reason = "" } = takeover;
  const says = `ui.wall.take.${kind}.says`;
  if (kind === "bailout") return { title: spaceName(view, space), sentence: t(says) };
  if (kind === "badges") return { title: tn("ui.wall.take.badges.title", count), sentence: t(says) };
  if (kind === "lead") return { title: t(`ui.final.${role}`), sentence: t(says) };
  if (card)
    return { title: named(`${card.deck}.${card.name}.name`), sentence: named(`${card.deck}.${card.name}.text`) };
  const found = view.find("venture", venture);
  const lead = found ? isolated(withDotsBehind(wholeName(view, found.lead))) : "";
  const values = { lead, stage: stageName(found?.stage ?? 0), reason: exitText(reason), others: count - 1, ...roll };
  const sentence = kind === "closed" && count > 1 ? tn(`${says}.more`, count - 1, values) : t(says, values);
  return { title: ventureName(view, venture), sentence };
}

function named(key: string): string {
  return has(key) ? t(key) : "";
}

/** What a card does, as long as it is the season's. */
function effectOf({ view }: Room, { card }: Takeover): string {
  if (!card || view.single("world")[card.deck] !== card.name) return "";
  return card.deck === "policy" ? policyEffect(view) : marketEffect(view);
}

const WITH_PEOPLE: readonly Kind[] = ["birth", "product"];
const MOST_FACES = 2;

/** Whose it is, where it is something to be glad of. */
function People({ room: { view }, takeover }: { room: Room; takeover: Takeover }) {
  const venture = view.find("venture", takeover.venture ?? 0);
  if (!venture || !WITH_PEOPLE.includes(takeover.kind)) return null;
  const people = [venture.lead, ...venture.cofounders].slice(0, MOST_FACES);
  return (
    <ul class="takeover-people">
      {people.map((seat) => (
        <li key={seat}>
          <FacePicture face={faceOf(view.find("seat", seat), seat)} size={100} />
          <bdi>{withDotsBehind(wholeName(view, seat))}</bdi>
        </li>
      ))}
    </ul>
  );
}

function pictureOf({ view }: Room, { kind, venture = 0, role = "maker", card }: Takeover): ComponentChildren {
  const found = view.find("venture", venture);
  if (found) {
    return (
      <svg class="made" viewBox="-2 -6 28 32" aria-hidden="true" style={{ color: `var(--${found.sector})` }}>
        <PartShape stage={found.stage} born={found.born} closed={kind === "closed"} />
      </svg>
    );
  }
  if (kind === "bailout") {
    return (
      <svg class="things" viewBox="-12 -12 324 324" aria-hidden="true">
        <House width={300} height={300} roof={0}>
          <rect class="sign-board" x="3" y={ROOF + 3} width="294" height="70" />
        </House>
      </svg>
    );
  }
  const symbol = card ? card.deck : kind === "badges" ? "investor" : role;
  const color = card ? "var(--ink)" : `var(--${symbol})`;
  return (
    <span class="takeover-disc">
      <Sym name={symbol} size={300} color={color} />
    </span>
  );
}
