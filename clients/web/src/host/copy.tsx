// Copying an address that stands in a field. Browsers do it on pages that came by https or from this machine; elsewhere
// there is no button that would do nothing, and the field is marked as a whole when it is touched.
import { Button } from "../parts/controls/button";
import { t } from "../texts";

function Copy({ text }: { text: string }) {
  const { clipboard } = navigator as Partial<Pick<Navigator, "clipboard">>;
  if (!clipboard) return null;
  return <Button onClick={() => clipboard.writeText(text)}>{t("ui.class.copy")}</Button>;
}

/** An address to hand on: it is copied and not opened, since whoever opens it takes the place that it leads to. */
export function AddressToCopy({ address, label }: { address: string; label: string }) {
  return (
    <div class="row address-to-copy">
      <input aria-label={label} readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      <Copy text={address} />
    </div>
  );
}
