// Whether a venture is born; in the first season of a game that opens season by season only what is says so.
import { useRoom } from "../../store/context";
import type { Venture } from "../../store/entities";
import { isOpening } from "../../store/introduced";
import { t } from "../../texts";

export function Born({ venture }: { venture: Venture }) {
  const opening = isOpening(useRoom());
  if (venture.born) return <span>{t("term.born")}</span>;
  return opening ? null : <span>{t("term.unborn")}</span>;
}
