// The game as it is played: each phase has its picture, most of them the street, and a strip below that counts.
import { useRoom } from "../store/context";
import { AdmissionPicture } from "./phases/admission";
import { AppraisalPicture } from "./phases/appraisal";
import { IncubationPicture } from "./phases/incubation";
import { MarketPicture } from "./phases/market";
import { MatchingPicture } from "./phases/matching";
import { ModulePicture } from "./phases/module";
import { PolicyPicture } from "./phases/policy";
import { RecapPicture } from "./phases/recap";
import { Street } from "./street/street";

export function Play() {
  const { phase = "" } = useRoom().game.value;
  switch (phase) {
    case "policy":
      return <PolicyPicture />;
    case "admission":
      return <AdmissionPicture />;
    case "exchange":
      return <Street bonds="tie" />;
    case "matching":
      return <MatchingPicture />;
    case "incubation":
      return <IncubationPicture />;
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
