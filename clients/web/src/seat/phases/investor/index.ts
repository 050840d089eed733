// The screens of an investor, by phase.
import { AppraisalRating } from "../appraisal";
import { Market } from "../market";
import { PolicyWatch } from "../policy";
import { Recap } from "../recap";
import { AdmissionInvestor } from "./admission";
import { ExchangeInvestor } from "./exchange";
import { IncubationInvestor } from "./incubation";
import { MatchingInvestor } from "./matching";

export const screens = {
  policy: PolicyWatch,
  admission: AdmissionInvestor,
  exchange: ExchangeInvestor,
  matching: MatchingInvestor,
  incubation: IncubationInvestor,
  market: Market,
  appraisal: AppraisalRating,
  recap: Recap,
};
