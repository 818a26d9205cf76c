// Draws the two icons of the Teams package anew: node manifest/draw-icons.ts
import { writeFileSync } from "node:fs";
import { PNG } from "pngjs";
import { drawColorIcon, drawOutlineIcon } from "./watchdesk-mark.ts";

const icons = { "color.png": drawColorIcon(), "outline.png": drawOutlineIcon() };

for (const [name, picture] of Object.entries(icons)) {
  writeFileSync(new URL(name, import.meta.url), PNG.sync.write(picture));
  process.stdout.write(`Drawn: manifest/${name}, ${picture.width} x ${picture.height}.\n`);
}
