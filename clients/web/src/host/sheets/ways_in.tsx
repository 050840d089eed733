// How people get in: the QR code, the address, in which of the machine's networks it is, and whether it works on this
// machine alone.
import { Options } from "../../parts/controls/options";
import { Qr } from "../../parts/pictures/qr";
import { useRoom } from "../../store/context";
import { addressInUse, addressOf, choose, networks } from "../../store/join_address";
import { t } from "../../texts";

export function RoomAddress({ size }: { size?: number }) {
  const { join, onlyHere } = addressOf(useRoom());
  const shown = join.replace(/^https?:\/\//, "");
  const [place, code] = [shown.slice(0, shown.lastIndexOf("/") + 1), shown.slice(shown.lastIndexOf("/") + 1)];
  return (
    <>
      <Qr text={join} {...(size ? { size } : {})} />
      <p>
        <a href={join} target="_blank" rel="noopener">
          {place}
          <wbr />
          {code}
        </a>
      </p>
      {onlyHere ? <p class="note meta">{t("ui.console.only_here")}</p> : null}
    </>
  );
}

/** Which of several networks the phones are in, on the server's own machine; and where to read what helps. */
export function PhonesNetwork() {
  const { code } = useRoom();
  const found = networks();
  return (
    <>
      {found.length > 1 ? (
        <Options
          label={t("ui.console.network")}
          options={found.map(({ address, interface: name, kind }) => ({
            value: address,
            label: t(kind === "vpn" ? "ui.console.network.vpn" : "ui.console.network.one", { address, name }),
          }))}
          value={addressInUse()}
          onChange={choose}
        />
      ) : null}
      <a href={`#/networks/${code.value}`} target="_blank" rel="noopener">
        {t("ui.console.networks")}
      </a>
    </>
  );
}
