// The game as it is played: each phase has its picture, most of them the street, and a strip below that counts.
import type { ComponentChildren } from "preact";
import { useRoom } from "../store/context";
import { Pitches } from "./phases/admission";
import { AppraisalPicture } from "./phases/appraisal";
import { Clocks } from "./phases/incubation";
import { MarketPicture } from "./phases/market";
import { Envelopes } from "./phases/matching";
import { ModulePicture } from "./phases/module";
import { PolicyPicture } from "./phases/policy";
import { RecapPicture } from "./phases/recap";
import type { Street as Laid } from "./street/places";
import { Street } from "./street/street";
import type { Bond, Town } from "./street/town";

/** Which bonds are drawn in a phase: ties come with the close of the exchange, deals with that of matching. */
const BONDS: { readonly [phase: string]: Bond["sort"] } = {
  exchange: "tie",
  matching: "tie",
  incubation: "deal",
};

/** What hangs over the street in a phase, and what lies in it before everybody. */
const BEHIND: { readonly [phase: string]: ComponentChildren } = { matching: <Envelopes /> };
const BEFORE: { readonly [phase: string]: (street: Laid, town: Town) => ComponentChildren } = {
  admission: (street, town) => <Pitches street={street} town={town} />,
  incubation: (street) => <Clocks street={street} />,
};

export function Play() {
  const { phase = "" } = useRoom().game.value;
  switch (phase) {
    case "policy":
      return <PolicyPicture />;
    case "admission":
    case "exchange":
    case "matching":
    case "incubation": // one street through them all: who moves is seen to move
      return <Street bonds={BONDS[phase]} behind={BEHIND[phase]} before={BEFORE[phase]} />;
    case "market":
      return <MarketPicture />;
    case "appraisal":
      return <AppraisalPicture />;
    case "recap":
      return <RecapPicture />;
    default:
      return <ModulePicture />;
  }
}
