// The matching: a cord hangs before the roofs, with a sealed envelope for each offer on its way in the whole room. The
// places of envelopes are fixed, and tell neither who sends nor who gets one.
import { Envelope } from "../../parts/pictures/things/things";
import { CALM, usePaced } from "../street/paced";
import { STREET } from "../street/places";
import { envelopesOf, isNegotiated } from "../strip";

export function Envelopes() {
  const envelopes = usePaced(({ view }) => (isNegotiated(view) ? envelopesOf(view) : undefined), CALM);
  return envelopes === undefined ? null : <Cord envelopes={envelopes} />;
}

const MOST = 26; // envelopes for which there is room on the cord
const MOST_SLIDE = 8; // that are seen to come; of more each is there at once, or an old laptop stutters
const SIDE = 60;
const SAG = 18;
const CORD_Y = 4;
const TURNS = [-6, 4, -3, 7, -5]; // degrees
// every place is taken before two are beside each other
const ORDER = Array.from({ length: MOST }, (_, place) => (place * 11) % MOST);

const LINE = `M-60 ${CORD_Y}Q${STREET.width / 2} ${CORD_Y + 2 * SAG} ${STREET.width + 60} ${CORD_Y}`;

// each is made once: of those that hang already none is looked at again
const ALL = ORDER.map((place) => {
  const share = (place + 0.5) / MOST;
  const x = SIDE + share * (STREET.width - 2 * SIDE);
  const y = CORD_Y + 4 * SAG * share * (1 - share);
  return (
    <g key={place} transform={`translate(${x} ${y}) rotate(${TURNS[place % TURNS.length]})`}>
      <g class="on-line">
        <Envelope />
      </g>
    </g>
  );
});

function Cord({ envelopes }: { envelopes: number }) {
  return (
    <g class={envelopes > MOST_SLIDE ? "clothes-line many" : "clothes-line"}>
      <path class="around" d={LINE} />
      <path class="thread" d={LINE} />
      {ALL.slice(0, envelopes)}
    </g>
  );
}
