import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const path = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** False where the browser tests cannot run; `howToInstall` says what to do about it. */
export const hasChromium = existsSync(path);

export const howToInstall = `Chromium is not at ${path}: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.`;

/** Starts Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
