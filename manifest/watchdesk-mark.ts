import { PNG } from "pngjs";

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** What stands at a point of the drawing: x and y run from -0.5 (left, top) to 0.5 (right, bottom). */
type Drawing = (x: number, y: number) => Pixel;

/** Samples along each side of a pixel: 8 x 8 give edges 65 steps from nothing to full. */
const SAMPLES = 8;

const white: Pixel = [255, 255, 255, 255];
const nothing: Pixel = [255, 255, 255, 0];

/** The colour icon that Teams shows in its store: 192 x 192, the mark in white on blue, no transparency. */
export function drawColorIcon(): PNG {
  return draw(192, (x, y) => (isMark(x / 0.62, y / 0.62, 0.075) ? white : backgroundAt(x, y)));
}

/** The outline icon that Teams shows in its side bar: 32 x 32, the mark alone in white on transparent. */
export function drawOutlineIcon(): PNG {
  return draw(32, (x, y) => (isMark(x / 0.97, y / 0.97, 0.0645) ? white : nothing));
}

/** An open eye over a desk: somebody watches. Measured in the mark's own square, from -0.5 to 0.5. */
function isMark(x: number, y: number, stroke: number): boolean {
  return isEye(x, y + 0.1, stroke) || isDesk(x, y, stroke);
}

/** The lids are two arcs of one radius; what lies between the outer and the inner pair is the outline. */
function isEye(x: number, y: number, stroke: number): boolean {
  const radius = 0.52;
  const sink = 0.23;
  const isBetweenLids = (of: number): boolean => Math.hypot(x, y - sink) < of && Math.hypot(x, y + sink) < of;
  const isGlint = Math.hypot(x - 0.045, y + 0.045) < stroke / 2;
  const isIris = Math.hypot(x, y) < 0.135 && !isGlint;
  return isIris || (isBetweenLids(radius) && !isBetweenLids(radius - stroke));
}

function isDesk(x: number, y: number, stroke: number): boolean {
  const top = 0.355;
  const half = stroke / 2;
  const isTop = Math.hypot(Math.max(Math.abs(x) - 0.42, 0), y - top) < half;
  const isLeg = Math.hypot(Math.abs(x) - 0.29, Math.min(Math.max(top, y), 0.46) - y) < half;
  return isTop || isLeg;
}

/** Blue that darkens a little towards the bottom, so that the square does not look flat. */
function backgroundAt(_x: number, y: number): Pixel {
  const depth = y + 0.5;
  return [38 - 18 * depth, 98 - 38 * depth, 196 - 56 * depth, 255];
}

function draw(size: number, drawing: Drawing): PNG {
  const picture = new PNG({ width: size, height: size });
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      picture.data.set(pixelAt(size, drawing, column, row), 4 * (row * size + column));
    }
  }
  return picture;
}

/** The mean of a pixel's samples; colours count by their alpha, so that soft edges stay white instead of turning grey. */
function pixelAt(size: number, drawing: Drawing, column: number, row: number): Pixel {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let index = 0; index < SAMPLES ** 2; index++) {
    const x = (column + ((index % SAMPLES) + 0.5) / SAMPLES) / size - 0.5;
    const y = (row + (Math.floor(index / SAMPLES) + 0.5) / SAMPLES) / size - 0.5;
    const sample = drawing(x, y);
    red += sample[0] * sample[3];
    green += sample[1] * sample[3];
    blue += sample[2] * sample[3];
    alpha += sample[3];
  }
  if (alpha === 0) return nothing;
  return [
    Math.round(red / alpha),
    Math.round(green / alpha),
    Math.round(blue / alpha),
    Math.round(alpha / SAMPLES ** 2),
  ];
}
