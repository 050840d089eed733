// Which screen answers the phase's question for this role. What has no screen of its own gets the plain one.
import type { FunctionComponent } from "preact";
import { useRoom } from "../store/context";
import { Final } from "../debrief/final";
import { AdmissionInvestor, AdmissionOperator } from "./admission";
import { AdmissionMaker } from "./admission_maker";
import { AppraisalOperator, AppraisalRating } from "./appraisal";
import { ExchangeInvestor, ExchangeOperator } from "./exchange";
import { ExchangeMaker } from "./exchange_maker";
import { IncubationInvestor, IncubationMaker, IncubationOperator } from "./incubation";
import { Lobby } from "./lobby";
import { Market } from "./market";
import { MatchingInvestor, MatchingOperator } from "./matching";
import { MatchingMaker } from "./matching_maker";
import { question } from "./now_texts";
import { PolicyOperator, PolicyWatch } from "./policy";
import { Recap } from "./recap";
import { Screen } from "./screen";

const SCREENS: { readonly [turn: string]: FunctionComponent } = {
  "policy.maker": PolicyWatch,
  "policy.investor": PolicyWatch,
  "policy.operator": PolicyOperator,
  "admission.maker": AdmissionMaker,
  "admission.investor": AdmissionInvestor,
  "admission.operator": AdmissionOperator,
  "exchange.maker": ExchangeMaker,
  "exchange.investor": ExchangeInvestor,
  "exchange.operator": ExchangeOperator,
  "matching.maker": MatchingMaker,
  "matching.investor": MatchingInvestor,
  "matching.operator": MatchingOperator,
  "incubation.maker": IncubationMaker,
  "incubation.investor": IncubationInvestor,
  "incubation.operator": IncubationOperator,
  "market.maker": Market,
  "market.investor": Market,
  "market.operator": Market,
  "appraisal.maker": AppraisalRating,
  "appraisal.investor": AppraisalRating,
  "appraisal.operator": AppraisalOperator,
  "recap.maker": Recap,
  "recap.investor": Recap,
  "recap.operator": Recap,
};

export function Now() {
  const room = useRoom();
  const { phase = "", status } = room.game.value;
  const role = room.role.value;
  if (status === "lobby") return <Lobby />;
  if (status === "over") return <Final />;
  const Special = SCREENS[`${phase}.${role}`];
  // a new phase is a new screen, with nothing half-chosen left in it
  const key = `${room.game.value.season}.${phase}`;
  return Special ? <Special key={key} /> : <Plain key={key} />;
}

function Plain() {
  const room = useRoom();
  return <Screen question={question(room.game.value.phase ?? "", room.role.value)} handled={[]} />;
}
