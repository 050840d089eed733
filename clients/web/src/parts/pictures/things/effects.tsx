// What a policy card does, as a drawing: coins that come, a slice that goes, a plank at half its price, a quiet bird.
import type { ComponentChildren } from "preact";
import { Coins } from "./things";

const BOX = "0 0 838 226";

const EFFECTS: { readonly [effect: string]: ComponentChildren } = {
  subsidy: (
    <svg class="things" viewBox={BOX} aria-hidden="true">
      {[250, 419, 588].map((x, index) => (
        <g key={x} transform={`translate(${x} ${176 + (index % 2) * 14})`}>
          <Coins count={3 + 2 * (index % 2)} />
        </g>
      ))}
      <path class="outline" d="M334 30V64M419 14V48M504 30V64" />
    </svg>
  ),
  tax: (
    <svg class="things" viewBox={BOX} aria-hidden="true">
      <path class="paper" d="M400 113L400 23A90 90 0 1 0 490 113Z" />
      <path class="slice" d="M424 91V1A90 90 0 0 1 514 91Z" />
    </svg>
  ),
  voucher: (
    <svg class="things" viewBox={BOX} aria-hidden="true">
      <rect class="plank" x="170" y="80" width="240" height="56" />
      <rect class="cut-off" x="430" y="80" width="240" height="56" />
      <path class="outline" d="M230 136L200 206M350 136L380 206M420 40V190" />
    </svg>
  ),
  quiet: (
    <svg class="things" viewBox={BOX} aria-hidden="true">
      <path class="outline" d="M419 216V132M250 216H590" />
      <path class="paper" d="M372 128Q366 84 412 78Q420 54 444 58L470 66L450 76Q466 112 430 128Z" />
      <circle class="dot" cx="440" cy="68" r="4" />
    </svg>
  ),
};

/** The drawing of an effect; one that has none is quiet. */
export function EffectPicture({ effect }: { effect: string }) {
  return <>{EFFECTS[effect] ?? EFFECTS["quiet"]}</>;
}
