// The way in on the wall, beside who has come or beside a picture: the QR code, the room's code, and the address.
import type { ComponentChildren } from "preact";
import { Qr } from "../parts/pictures/qr";
import { displayWidth } from "../parts/pictures/text_width";
import { useRoom } from "../store/context";
import { addressOf, codeOf } from "../store/join_address";
import "./way_in.css";

interface WayInProps {
  /** Beside a picture, in a narrow board. */
  small?: boolean;
  children: ComponentChildren;
}

export function WayIn({ small = false, children }: WayInProps) {
  const room = useRoom();
  const { join } = addressOf(room);
  const code = codeOf(room);
  return (
    <aside class={small ? "way-in small board" : "way-in board"}>
      <div class="qr-box">
        <Qr text={join} />
      </div>
      <p class="wall-code must" style={{ "--wide": displayWidth(code, 1) }}>
        {code}
      </p>
      <p class="wall-title">{join.replace(/^https?:\/\/|\/#.*$/g, "")}</p>
      <p class="wall-meta">{children}</p>
    </aside>
  );
}
