// A QR code, black on white with four modules of quiet zone in every theme. The encoder is loaded when first needed.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../texts";

const QUIET = 4;

interface Drawn {
  path: string;
  modules: number;
}

async function draw(text: string): Promise<Drawn> {
  const { encode } = await import("uqr");
  const { data, size } = encode(text, { border: 0, ecc: "M" });
  const squares = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  return { path: squares.join(""), modules: size + 2 * QUIET };
}

/** Without a size it fills the box that it stands in. */
export function Qr({ text, size }: { text: string; size?: number }) {
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    let current = true;
    void draw(text).then((found) => current && setDrawn(found));
    return () => {
      current = false;
    };
  }, [text]);
  const side = size === undefined ? "100%" : `${size}px`;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={t("ui.qr", { text })}
      style={{ width: side, height: side }}
      viewBox={`0 0 ${drawn?.modules ?? 1} ${drawn?.modules ?? 1}`}
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={drawn?.path ?? ""} fill="#000" />
    </svg>
  );
}
