// The screens of an operator, by phase.
import { AppraisalOperator } from "./appraisal";
import { Market } from "../market";
import { PolicyOperator } from "./policy";
import { Recap } from "../recap";
import type { Screens } from "../screens";
import { AdmissionOperator } from "./admission";
import { ExchangeOperator } from "./exchange";
import { IncubationOperator } from "./incubation";
import { MatchingOperator } from "./matching";

export const screens: Screens = {
  policy: PolicyOperator,
  admission: AdmissionOperator,
  exchange: ExchangeOperator,
  matching: MatchingOperator,
  incubation: IncubationOperator,
  market: Market,
  appraisal: AppraisalOperator,
  recap: Recap,
};
