import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { allExamples } from "./all-examples.ts";
import { ADAPTIVE_CARDS_SCRIPT } from "./parse-card.ts";
import { teamsMarkdown } from "./teams-markdown.ts";

/*
 * Draws every example as Teams does, roughly, at phone and desktop width:
 *   node test/cards/draw-cards.ts <folder> [part of a card's name]
 */

const WIDTHS = [320, 600];

const HOST_CONFIG = {
  fontFamily: "Segoe UI, Noto Sans, DejaVu Sans, sans-serif",
  fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
  supportsInteractivity: true,
  separator: { lineThickness: 1, lineColor: "#e1dfdd" },
  containerStyles: {
    default: {
      backgroundColor: "#ffffff",
      foregroundColors: {
        default: { default: "#252423", subtle: "#605e5c" },
        accent: { default: "#5b5fc7", subtle: "#5b5fc7" },
        good: { default: "#237b4b", subtle: "#237b4b" },
        warning: { default: "#8a5a00", subtle: "#8a5a00" },
        attention: { default: "#c4314b", subtle: "#c4314b" },
      },
    },
    emphasis: {
      backgroundColor: "#f3f2f1",
      foregroundColors: { default: { default: "#252423", subtle: "#605e5c" } },
    },
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    showCard: { actionMode: "inline" },
  },
  factSet: {
    title: { weight: "bolder", wrap: true, maxWidth: 110 },
    value: { weight: "default", wrap: true },
    spacing: 12,
  },
};

const PAGE = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; padding: 8px; background: #f5f5f5; }
  #card { border: 1px solid #e1dfdd; border-radius: 6px; overflow: hidden; background: #fff; }
  .ac-pushButton { font: 600 13px "Segoe UI", "Noto Sans", sans-serif; padding: 6px 12px; border: 1px solid #c8c6c4; border-radius: 4px; background: #fff; }
  .ac-input { font: 14px "Segoe UI", "Noto Sans", sans-serif; padding: 6px; border: 1px solid #c8c6c4; border-radius: 4px; width: 100%; box-sizing: border-box; }
  .ac-actionSet { flex-wrap: wrap; row-gap: 8px; }
  p { margin: 0; } a { color: #5b5fc7; } live-tag, block { background: red; }
</style><div id="card"></div>`;

async function draw(folder: string, part: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  const page = await browser.newPage();
  let drawn = 0;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width: width + 18, height: 400 });
    await page.setContent(PAGE);
    await page.addScriptTag({ path: ADAPTIVE_CARDS_SCRIPT });
    await page.addScriptTag({ content: `window.teamsMarkdown = ${teamsMarkdown.toString()};` });
    for (const { name, card } of pictures(part)) {
      const script = `(() => {
        const { AdaptiveCard, HostConfig } = window.AdaptiveCards;
        AdaptiveCard.onProcessMarkdown = (text, result) => { result.outputHtml = "<p>" + teamsMarkdown(text) + "</p>"; result.didProcess = true; };
        const card = new AdaptiveCard();
        card.hostConfig = new HostConfig(${JSON.stringify(HOST_CONFIG)});
        card.parse(${JSON.stringify(card)});
        const place = document.getElementById("card");
        place.replaceChildren(card.render());
        return place.scrollWidth > place.clientWidth;
      })()`;
      const overflows = await page.evaluate(script);
      if (overflows === true) process.stdout.write(`${name} is wider than ${width} px\n`);
      await page.locator("body").screenshot({ path: join(folder, `${name}.${width}.png`) });
      drawn += 1;
    }
  }
  await browser.close();
  return drawn;
}

/** Each example as it arrives and, where a part of it waits behind a button, once more with everything shown. */
function pictures(part: string): readonly { name: string; card: unknown }[] {
  const examples = allExamples().filter((example) => example.name.includes(part));
  return examples.flatMap(({ name, make }) => {
    const { card } = make();
    const closed = JSON.stringify(card);
    const open = closed.replaceAll('"isVisible":false', '"isVisible":true');
    return open === closed
      ? [{ name, card }]
      : [
          { name, card },
          { name: `${name}.open`, card: JSON.parse(open) },
        ];
  });
}

const [, , folder, part = ""] = process.argv;
if (folder === undefined) {
  process.stderr.write("Name a folder for the pictures.\n");
  process.exitCode = 1;
} else {
  process.stdout.write(`${await draw(resolve(folder), part)} pictures\n`);
}
