// How people get in: the QR code, the address, and whether that address works on this machine alone.
import { Qr } from "../../parts/pictures/qr";
import { useRoom } from "../../store/context";
import { addressOf } from "../../store/join_address";
import { t } from "../../texts";

export function RoomAddress({ size }: { size?: number }) {
  const { join, onlyHere } = addressOf(useRoom());
  return (
    <>
      <Qr text={join} {...(size ? { size } : {})} />
      <p>
        <a href={join} target="_blank" rel="noopener">
          {join.replace(/^https?:\/\//, "")}
        </a>
      </p>
      {onlyHere ? <p class="note meta">{t("ui.console.only_here")}</p> : null}
    </>
  );
}
