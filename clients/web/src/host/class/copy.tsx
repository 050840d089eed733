// Copying an address that stands in a field. Browsers do it on pages that came by https or from this machine; elsewhere
// there is no button that would do nothing, and the field is marked as a whole when it is touched.
import { Button } from "../../parts/controls/button";
import { t } from "../../texts";

export function Copy({ text }: { text: string }) {
  const { clipboard } = navigator as Partial<Pick<Navigator, "clipboard">>;
  if (!clipboard) return null;
  return <Button onClick={() => clipboard.writeText(text)}>{t("ui.class.copy")}</Button>;
}
