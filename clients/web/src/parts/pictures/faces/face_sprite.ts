// The faces as one hidden sprite in the page, drawn once, used by name. A face is a sticker: a white rim and a soft
// shadow under its outline, so that it stands on paper and on the mat alike.
import { BOW, BOW_COLOR, DRAWINGS } from "./drawings";
import { readStrokes, type Stroke } from "./pen_strokes";

const RIM = 15;
const BARE_RIM = 19; // of lines without a fill
const BOX = "-9 -10 118 118"; // with rim and shadow
const SVG = "http://www.w3.org/2000/svg";

/** Return the sprite's SVG: a symbol `face-N` for each drawing, and `face-bow`. */
export function spriteSvg(): string {
  const faces = DRAWINGS.map(({ strokes, color }, index) => symbol(`face-${index + 1}`, drawn(strokes, color)));
  return faces.join("") + symbol("face-bow", drawn(BOW, BOW_COLOR));
}

/** Return a face, from 1 to 64, as the address of an image that is all there. */
export function faceUrl(face: number): string {
  const drawing = DRAWINGS[(face - 1) % DRAWINGS.length] as (typeof DRAWINGS)[number];
  const bow = face > DRAWINGS.length ? drawn(BOW, BOW_COLOR) : "";
  const whole = `<svg xmlns="${SVG}" viewBox="${BOX}">${drawn(drawing.strokes, drawing.color)}${bow}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(whole)}`;
}

/** Draw the sprite into the page, once. */
export function drawSprite(): void {
  if (document.getElementById("faces")) return;
  const sprite = document.createElementNS(SVG, "svg");
  sprite.id = "faces";
  sprite.setAttribute("class", "unseen");
  sprite.style.top = "0"; // else the page would be a pixel higher
  sprite.setAttribute("aria-hidden", "true");
  sprite.innerHTML = spriteSvg();
  document.body.append(sprite);
}

function symbol(id: string, shapes: string): string {
  return `<symbol id="${id}" viewBox="${BOX}">${shapes}</symbol>`;
}

function drawn(strokes: string, color: string): string {
  const [outline = [], details = []] = strokes.split("|").map((row) => readStrokes(row, color));
  const rim = (shade: string) => outline.map((stroke) => rimOf(stroke, shade)).join("");
  const painted = [...outline, ...details].map(paint).join("");
  const shadow = `<g transform="translate(0 3)" opacity=".2">${rim("#03211A")}</g>`;
  const round = 'stroke-linejoin="round" stroke-linecap="round"';
  return `<g ${round}>${shadow}${rim("#FFFFFF")}${painted}</g>`;
}

function rimOf({ isMirrored, fill, shape }: Stroke, shade: string): string {
  const [inside, width] = fill === "none" ? ["none", BARE_RIM] : [shade, RIM];
  const own = `<g fill="${inside}" stroke="${shade}" stroke-width="${width}">${shape}</g>`;
  return isMirrored ? own + mirrored(own) : own;
}

function paint({ isMirrored, fill, line, width, shape }: Stroke): string {
  const stroke = width ? ` stroke="${line}" stroke-width="${width}"` : "";
  const own = `<g fill="${fill}"${stroke}>${shape}</g>`;
  return isMirrored ? own + mirrored(own) : own;
}

function mirrored(shape: string): string {
  return `<g transform="matrix(-1 0 0 1 100 0)">${shape}</g>`;
}
