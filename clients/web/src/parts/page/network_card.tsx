// What somebody tries whose phone reaches nothing: to be read on paper, since that phone shows no page.
import { t } from "../../texts";

const STEPS = ["wifi", "stay", "vpn", "type", "browser", "neighbour"] as const;

export function NetworkSteps() {
  return (
    <ol class="network-steps">
      {STEPS.map((step) => (
        <li key={step}>
          <b>{t(`ui.networks.phone.${step}`)}</b> {t(`ui.networks.phone.${step}.how`)}
        </li>
      ))}
    </ol>
  );
}
