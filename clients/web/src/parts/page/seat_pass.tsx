// A pass to a seat: a code for one more person, large enough to be typed off, and as a QR whose address carries it in
// the fragment alone. The people of the seat give it out, or a host.
import { useState } from "preact/hooks";
import { link } from "../../route";
import { useRoom } from "../../store/context";
import { t } from "../../texts";
import { Button } from "../controls/button";
import { useInSight } from "../controls/in_sight";
import { Qr } from "../pictures/qr";

const MINUTE_S = 60;

/** The button that asks for a pass, and the pass below it; a host names the `seat`. */
export function SeatPass({ seat }: { seat?: number }) {
  const room = useRoom();
  const [code, setCode] = useState("");
  const [minutes, setMinutes] = useState(0);
  const [refusal, setRefusal] = useState("");
  const shown = useInSight(code);
  const ask = async (): Promise<void> => {
    const answer = await (seat === undefined ? room.send("seat_pass") : room.send("host.seat_pass", { seat }));
    setCode(String(answer.data?.["code"] ?? ""));
    setMinutes(Math.floor(Number(answer.data?.["seconds"] ?? 0) / MINUTE_S));
    setRefusal(answer.error?.message ?? "");
  };
  return (
    <div class="field">
      <Button onClick={() => (code ? setCode("") : ask())}>{t("ui.seat_pass")}</Button>
      {refusal ? <p class="complaint">{refusal}</p> : null}
      {code ? (
        <div ref={shown} role="status" class="stack tight">
          <b class="mono figure" lang="en">
            {code}
          </b>
          <p class="meta">{t("ui.seat_pass.text", { minutes })}</p>
          <Qr text={link(`j/${room.code.value}/${code}`)} size={240} />
        </div>
      ) : null}
    </div>
  );
}
