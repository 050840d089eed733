// Everything that draws a chart, in one chunk that is fetched when the first chart is shown.
export { BesideChart } from "./beside";
export { CurvesChart } from "./lines";
export { NetworkChart } from "./network";
export { MoneyChart } from "./sankey";
export { SurvivalChart } from "./survival";
