import { rmSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { type RunningDemo, runDemo } from "../demo/run-demo.ts";
import { launchChromium } from "./chromium.ts";
import { openPlaygroundPage, type PlaygroundPage } from "./playground-page.ts";

/** The demo as one person sits before it: the Playground in one tab, the control page in another. */
export interface Sitting {
  readonly demo: RunningDemo;
  readonly context: BrowserContext;
  readonly chat: PlaygroundPage;
  /** The control page as it is now, in front. */
  control(): Promise<Page>;
  close(): Promise<void>;
}

/** Starts the demo and Chromium and opens the Personal Chat. */
export async function openSitting(): Promise<Sitting> {
  const [demo, browser] = await Promise.all([runDemo(), launchChromium()]);
  const context = await browser.newContext({ viewport: { width: 1100, height: 1400 }, deviceScaleFactor: 1.5 });
  const chat = await openPlaygroundPage(context, demo.playgroundUrl);
  let control: Page | null = null;
  return {
    demo,
    context,
    chat,
    control: async () => {
      control ??= await context.newPage();
      await control.bringToFront();
      await control.goto(demo.controlUrl);
      return control;
    },
    close: async () => {
      await browser.close();
      await demo.end("SIGTERM");
      rmSync(demo.folder, { recursive: true, force: true });
    },
  };
}
