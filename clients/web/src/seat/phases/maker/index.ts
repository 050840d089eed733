// The screens of a maker, by phase.
import { AppraisalRating } from "../appraisal";
import { Market } from "../market";
import { PolicyWatch } from "../policy";
import { Recap } from "../recap";
import { AdmissionMaker } from "./admission";
import { ExchangeMaker } from "./exchange";
import { IncubationMaker } from "./incubation";
import { MatchingMaker } from "./matching";

export const screens = {
  policy: PolicyWatch,
  admission: AdmissionMaker,
  exchange: ExchangeMaker,
  matching: MatchingMaker,
  incubation: IncubationMaker,
  market: Market,
  appraisal: AppraisalRating,
  recap: Recap,
};
