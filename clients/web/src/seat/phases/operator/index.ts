// The screens of an operator, by phase.

import { Market } from "../market";
import { Recap } from "../recap";
import { AdmissionOperator } from "./admission";
import { AppraisalOperator } from "./appraisal";
import { ExchangeOperator } from "./exchange";
import { IncubationOperator } from "./incubation";
import { MatchingOperator } from "./matching";
import { PolicyOperator } from "./policy";

export const screens = {
  policy: PolicyOperator,
  admission: AdmissionOperator,
  exchange: ExchangeOperator,
  matching: MatchingOperator,
  incubation: IncubationOperator,
  market: Market,
  appraisal: AppraisalOperator,
  recap: Recap,
};
