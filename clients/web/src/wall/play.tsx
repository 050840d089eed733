// The game as it is played: each phase has its picture, most of them the street, and a strip below that counts.
import type { ComponentChildren } from "preact";
import { CordBall, FoldedCard, Hammer } from "../parts/pictures/things/things";
import { useRoom } from "../store/context";
import { AppraisalPicture } from "./phases/appraisal";
import { Chosen } from "./phases/chosen";
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

const MAKERS = ["maker"] as const;
const PEOPLE = ["maker", "investor"] as const;

const [PITCH, CORD, WORK] = [<FoldedCard key="pitch" />, <CordBall key="cord" />, <Hammer key="work" />];

/** What hangs over the street in a phase, or lies in it before everybody. */
const BEFORE: { readonly [phase: string]: (street: Laid, town: Town) => readonly ComponentChildren[] } = {
  admission: (street, town) => [<Chosen key="things" street={street} town={town} thing={PITCH} roles={MAKERS} />],
  exchange: (street, town) => [<Chosen key="things" street={street} town={town} thing={CORD} roles={PEOPLE} />],
  matching: () => [<Envelopes key="envelopes" />],
  incubation: (street, town) => [
    <Clocks key="clocks" street={street} />,
    <Chosen key="things" street={street} town={town} thing={WORK} roles={PEOPLE} />,
  ],
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
      return <Street bonds={BONDS[phase]} before={BEFORE[phase]} />;
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
