import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator } from "playwright-core";

const folder = process.env.WATCHDESK_PICTURES_FOLDER ?? fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const wanted = process.env.WATCHDESK_PICTURES === "1";

/**
 * Saves docs/pictures/<name>.png, which README shows, if WATCHDESK_PICTURES is 1; otherwise does nothing, so that a test
 * run leaves the repository as it was.
 */
export async function takePicture(name: string, of: Locator): Promise<void> {
  if (!wanted) return;
  mkdirSync(folder, { recursive: true });
  await of.screenshot({ path: `${folder}/${name}.png`, animations: "disabled" });
}
