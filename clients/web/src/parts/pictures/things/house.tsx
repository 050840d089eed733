// A space is a house with a sign: five roofs, in the order of the spaces, so that a house is known from far away. The
// garage is a shed with a chimney. Units are those of a wall 1920 wide; a house stands on its lower edge.
import type { ComponentChildren } from "preact";

/** How high a roof is, from its highest point to the walls. */
export const ROOF = 96;
/** How much wider than its walls a roof is, on either side. */
export const EAVES = 9;

interface RoofProps {
  /** The width of the walls below. */
  width: number;
}

const TOOTH = 190; // the width of one tooth of a saw-tooth roof
const LOW = 40; // of a roof whose middle stands higher than its sides

function Saw({ width }: RoofProps) {
  const full = width + 2 * EAVES;
  const teeth = Math.max(2, Math.round(full / TOOTH));
  const one = full / teeth;
  const starts = Array.from({ length: teeth }, (_, tooth) => -EAVES + tooth * one);
  const outline = starts.map((x) => `L${x} 0L${x + one} ${ROOF - 26}`).join("");
  return (
    <>
      <path class="roof" d={`M${-EAVES} ${ROOF}${outline}V${ROOF}Z`} />
      {starts.map((x) => (
        <path key={x} class="pane" d={`M${x + 18} 36L${x + one * 0.62} ${ROOF - 32}H${x + 18}Z`} />
      ))}
    </>
  );
}

function Gable({ width }: RoofProps) {
  const middle = width / 2;
  const ridge = Math.min(150, width * 0.18);
  return (
    <>
      <path class="roof" d={`M${-EAVES} ${ROOF}L${middle - ridge} 6H${middle + ridge}L${width + EAVES} ${ROOF}Z`} />
      {[-1, 0, 1].map((at) => (
        <rect key={at} class="pane" x={middle + at * 46 - 17} y="34" width="34" height="34" />
      ))}
    </>
  );
}

function Flat({ width }: RoofProps) {
  const tank = width * 0.76;
  return (
    <>
      <path class="outline" d={`M${width * 0.16} 56V34`} />
      <circle class="tree" cx={width * 0.16} cy="20" r="22" />
      <rect class="walls" x={tank - 56} y="12" width="112" height="42" rx="6" />
      <path class="roof" d={`M${tank - 68} 14L${tank} -10L${tank + 68} 14Z`} />
      <rect class="roof" x={-EAVES} y="56" width={width + 2 * EAVES} height={ROOF - 56} rx="6" />
    </>
  );
}

function Mill({ width }: RoofProps) {
  const middle = width / 2;
  return (
    <>
      <path class="roof" d={`M${-EAVES} ${ROOF}L${middle - 60} 22H${middle + 60}L${width + EAVES} ${ROOF}Z`} />
      <g transform={`translate(${middle} 34) rotate(20)`}>
        {[0, 90, 180, 270].map((turn) => (
          <rect key={turn} class="walls" transform={`rotate(${turn})`} x="-9" y="-56" width="18" height="46" />
        ))}
        <circle class="walls" r="10" />
      </g>
    </>
  );
}

function Barrel({ width }: RoofProps) {
  const middle = width / 2;
  return (
    <>
      <path
        class="roof"
        d={`M${-EAVES} ${ROOF}V${ROOF - LOW}Q${middle * 0.35} 0 ${middle} 0T${width + EAVES} ${ROOF - LOW}V${ROOF}Z`}
      />
      <circle class="pane" cx={middle} cy="52" r="26" />
      <path class="pane" d={`M${middle - 26} 52H${middle + 26}M${middle} 26V78`} />
    </>
  );
}

function Shed({ width }: RoofProps) {
  return (
    <>
      <rect class="walls" x={width * 0.14} y="-4" width="34" height="74" />
      <path class="roof" d={`M${-EAVES} ${ROOF}V${ROOF - LOW}L${width + EAVES} 18V${ROOF}Z`} />
    </>
  );
}

const ROOFS = [Saw, Gable, Flat, Mill, Barrel] as const;

interface HouseProps extends RoofProps {
  /** From the highest point of the roof to the ground. */
  height: number;
  /** Which roof it has; without one it is the garage. */
  roof: number | undefined;
  children?: ComponentChildren;
}

/** A house with a white rim and a shadow, so that it stands on the mat; what is in it is drawn over it. */
export function House({ width, height, roof, children }: HouseProps) {
  const Roof = roof === undefined ? Shed : (ROOFS[roof % ROOFS.length] as (typeof ROOFS)[number]);
  const silhouette = (
    <>
      <Roof width={width} />
      <rect class="walls" y={ROOF} width={width} height={height - ROOF} />
    </>
  );
  return (
    <g class={roof === undefined ? "house garage" : "house"}>
      <g class="cast" transform="translate(0 10)">
        {silhouette}
      </g>
      <g class="rim">{silhouette}</g>
      {silhouette}
      {children}
    </g>
  );
}
