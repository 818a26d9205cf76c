import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantTree } from "./planted-tree.ts";

const root = resolve(import.meta.dirname, "../..");
const config = resolve(root, ".dependency-cruiser.cjs");
const ruleNames: string[] = createRequire(import.meta.url)(config).forbidden.map((rule: { name: string }) => rule.name);

/** One file that breaks a rule: where it stands, what it imports, and which rules must speak up, no more and no fewer. */
const breaks: { from: string; to: string; rules: string[] }[] = [
  { from: "dialogs/upward.ts", to: "../bot/main.ts", rules: ["dialogs-below-bot"] },
  { from: "cards/upward.ts", to: "../dialogs/commands.ts", rules: ["cards-below-dialogs"] },
  { from: "services/alerts/upward.ts", to: "../../cards/alert-card.ts", rules: ["services-below-cards"] },
  { from: "services/domain/upward.ts", to: "../ports/clock.ts", rules: ["domain-imports-nothing"] },
  { from: "services/domain/worldly.ts", to: "node:crypto", rules: ["domain-imports-nothing"] },
  { from: "services/ports/upward.ts", to: "../alerts/sync-alerts.ts", rules: ["ports-import-domain-only"] },
  { from: "services/ports/worldly.ts", to: "undici", rules: ["ports-import-domain-only"] },
  { from: "services/alerts/impatient.ts", to: "../microsoft/graph.ts", rules: ["use-cases-not-adapters"] },
  { from: "services/jobs/impatient.ts", to: "../queue/local/local-queue.ts", rules: ["use-cases-not-adapters"] },
  { from: "services/access/impatient.ts", to: "../config/config.ts", rules: ["use-cases-not-adapters"] },
  { from: "services/tenants/impatient.ts", to: "../store/sqlite/sqlite-store.ts", rules: ["use-cases-not-adapters"] },
  {
    from: "services/organizations/impatient.ts",
    to: "../directory/huntress/huntress-directory.ts",
    rules: ["use-cases-not-adapters"],
  },
  {
    from: "services/directory/huntress/sideways.ts",
    to: "../../microsoft/graph.ts",
    rules: ["adapters-import-ports-and-domain-only"],
  },
  {
    from: "dialogs/direct.ts",
    to: "../services/directory/huntress/huntress-directory.ts",
    rules: ["adapters-meet-in-bot"],
  },
  { from: "services/exports/impatient.ts", to: "../store/sqlite/sqlite-store.ts", rules: ["use-cases-not-adapters"] },
  { from: "services/audit/impatient.ts", to: "../config/config.ts", rules: ["use-cases-not-adapters"] },
  {
    from: "services/store-copy/impatient.ts",
    to: "../store/sqlite/sqlite-store.ts",
    rules: ["use-cases-not-adapters"],
  },
  {
    from: "services/microsoft/upward.ts",
    to: "../alerts/sync-alerts.ts",
    rules: ["adapters-import-ports-and-domain-only"],
  },
  {
    from: "services/queue/sideways.ts",
    to: "../store/sqlite/sqlite-store.ts",
    rules: ["adapters-import-ports-and-domain-only"],
  },
  {
    from: "services/store/cosmos/borrower.ts",
    to: "../sqlite/sqlite-store.ts",
    rules: ["implementations-stand-apart"],
  },
  { from: "services/queue/redis/borrower.ts", to: "../local/local-queue.ts", rules: ["implementations-stand-apart"] },
  { from: "dialogs/shortcut.ts", to: "../services/microsoft/graph.ts", rules: ["adapters-meet-in-bot"] },
  { from: "services/tenants/builder.ts", to: "../../manifest/build-package.ts", rules: ["manifest-is-data"] },
  { from: "bot/deployer.ts", to: "../infra/cosmos-init.ts", rules: ["nothing-imports-infra"] },
  { from: "infra/tool.ts", to: "fast-check", rules: ["no-dev-dependencies-in-product"] },
  { from: "services/tenants/counting.ts", to: "../metrics/prometheus-metrics.ts", rules: ["use-cases-not-adapters"] },
  {
    from: "services/metrics/sideways.ts",
    to: "../store/cosmos/cosmos-store.ts",
    rules: ["adapters-import-ports-and-domain-only"],
  },
  { from: "dialogs/counting.ts", to: "../services/metrics/prometheus-metrics.ts", rules: ["adapters-meet-in-bot"] },
  { from: "bot/tester.ts", to: "../test/sandbox/world.ts", rules: ["nothing-imports-test"] },
  { from: "services/jobs/framed.ts", to: "botbuilder", rules: ["botbuilder-in-bot-and-dialogs"] },
  { from: "cards/framed.ts", to: "botbuilder-dialogs", rules: ["botbuilder-in-bot-and-dialogs"] },
  { from: "cards/wired.ts", to: "botframework-connector", rules: ["botbuilder-in-bot-and-dialogs"] },
  { from: "dialogs/served.ts", to: "restify", rules: ["restify-in-bot"] },
  { from: "bot/token.ts", to: "@azure/msal-node", rules: ["msal-in-microsoft"] },
  { from: "services/store/sqlite/cloudy.ts", to: "@azure/cosmos", rules: ["cosmos-in-its-store"] },
  { from: "infra/cloudy.ts", to: "@azure/cosmos", rules: ["cosmos-in-its-store"] },
  { from: "services/config/signed-in.ts", to: "@azure/identity", rules: ["cosmos-in-its-store"] },
  { from: "bot/counting.ts", to: "prom-client", rules: ["prometheus-in-metrics"] },
  { from: "services/queue/local/due-table.ts", to: "node:sqlite", rules: ["sqlite-in-its-store"] },
  { from: "services/queue/local/waiting.ts", to: "bullmq", rules: ["bullmq-in-its-queue"] },
  { from: "services/queue/local/caching.ts", to: "ioredis", rules: ["bullmq-in-its-queue"] },
  { from: "cards/second-renderer.ts", to: "adaptivecards-templating", rules: ["templating-in-render-card"] },
  { from: "bot/tool.ts", to: "fast-check", rules: ["no-dev-dependencies-in-product"] },
  { from: "services/policy/egg.ts", to: "./hen.ts", rules: ["no-cycles"] },
];

/** Imports as they should be, one of each kind: a rule that forbids one of these is wrong. */
const sound: [from: string, to: string][] = [
  ["bot/main.ts", "../dialogs/commands.ts"],
  ["bot/http-server.ts", "restify"],
  ["bot/soc-bot.ts", "botbuilder"],
  ["bot/compose.ts", "../services/store/sqlite/sqlite-store.ts"],
  ["dialogs/commands.ts", "../cards/alert-card.ts"],
  ["dialogs/root-dialog.ts", "botbuilder-dialogs"],
  ["cards/alert-card.ts", "../services/alerts/sync-alerts.ts"],
  ["cards/render-card.ts", "adaptivecards-templating"],
  ["services/alerts/sync-alerts.ts", "../ports/clock.ts"],
  ["services/alerts/settle-alert.ts", "../policy/effective-settings.ts"],
  ["services/tenants/permission-book.ts", "../../manifest/permissions.json"],
  ["services/policy/effective-settings.ts", "../domain/alert.ts"],
  ["services/ports/clock.ts", "../domain/alert.ts"],
  ["services/domain/alert.ts", "./instant.ts"],
  ["services/microsoft/graph.ts", "../ports/clock.ts"],
  ["services/microsoft/identity.ts", "@azure/msal-node"],
  ["services/store/sqlite/sqlite-store.ts", "node:sqlite"],
  ["services/store/sqlite/migrations.ts", "./sqlite-store.ts"],
  ["services/store/cosmos/cosmos-store.ts", "@azure/cosmos"],
  ["services/store/cosmos/sign-in.ts", "@azure/identity"],
  ["services/metrics/prometheus-metrics.ts", "prom-client"],
  ["infra/cosmos-init.ts", "../services/store/cosmos/cosmos-store.ts"],
  ["test/infra/cosmos-bicep.test.ts", "../../infra/cosmos-init.ts"],
  ["services/directory/huntress/huntress-directory.ts", "../../ports/clock.ts"],
  ["services/organizations/sync-directory.ts", "../ports/clock.ts"],
  ["services/queue/local/local-queue.ts", "../../ports/clock.ts"],
  ["services/queue/redis/redis-queue.ts", "bullmq"],
  ["services/config/config.ts", "../domain/alert.ts"],
  ["manifest/build-package.ts", "../services/config/config.ts"],
  ["test/sandbox/world.ts", "node:sqlite"],
  ["test/scenario/story.test.ts", "../../bot/compose.ts"],
  ["test/scenario/tool.test.ts", "fast-check"],
];

const installed = [
  "botbuilder",
  "botbuilder-dialogs",
  "botframework-connector",
  "restify",
  "undici",
  "bullmq",
  "ioredis",
];
const dependencies = [
  ...installed,
  "@azure/msal-node",
  "@azure/cosmos",
  "@azure/identity",
  "prom-client",
  "adaptivecards-templating",
];

function plant(): string {
  const files: Record<string, string> = {
    "package.json": JSON.stringify({
      type: "module",
      dependencies: Object.fromEntries(dependencies.map((name) => [name, "1.0.0"])),
      devDependencies: { "fast-check": "1.0.0" },
    }),
    "tsconfig.json": JSON.stringify({ compilerOptions: { module: "nodenext", allowImportingTsExtensions: true } }),
    "services/domain/instant.ts": "export type Instant = string;\n",
    "manifest/permissions.json": "{}\n",
  };
  for (const name of [...dependencies, "fast-check"]) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, version: "1.0.0", main: "main.js" });
    files[`node_modules/${name}/main.js`] = "module.exports = {};\n";
  }
  // The other half of the planted circle: a circle is reported once.
  files["services/policy/hen.ts"] = 'export type { Other as Thing } from "./egg.ts";\n';
  for (const [from, to] of [...sound, ...breaks.map(({ from, to }): [string, string] => [from, to])]) {
    // A type import is the subtlest break: it vanishes at run time, so it must be seen before compilation.
    files[from] = `import type { Thing } from "${to}";\nexport type Other = Thing;\n`;
  }
  // Types of a development dependency are gone at run time; only its values must not be needed there.
  for (const tool of ["bot/tool.ts", "infra/tool.ts"]) {
    files[tool] = 'import { thing } from "fast-check";\nexport const other = thing;\n';
  }
  return plantTree(files);
}

interface Cruise {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
}

/** Runs the very command of `npm run imports` over the planted tree; it exits with the number of violations. */
function cruise(tree: string): Cruise {
  const folders = ["bot", "dialogs", "cards", "services", "manifest", "infra", "test"];
  const bin = resolve(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [bin, "--config", config, "--output-type", "json", ...folders];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: tree, encoding: "utf8", maxBuffer: 2 ** 26 }));
}

describe("import rules", () => {
  let tree = "";
  const reported = new Map<string, string[]>();

  beforeAll(() => {
    tree = plant();
    for (const { from, rule } of cruise(tree).summary.violations) {
      reported.set(from, [...new Set([...(reported.get(from) ?? []), rule.name])]);
    }
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(breaks)("$rules sees $from import $to", ({ from, rules }) => {
    expect(reported.get(from)).toEqual(rules);
  });

  it("leaves sound imports alone", () => {
    const planted = new Set(breaks.map(({ from }) => from));
    expect([...reported].filter(([from]) => !planted.has(from))).toEqual([]);
  });

  it("has a planted break for every rule", () => {
    expect(new Set(breaks.flatMap(({ rules }) => rules))).toEqual(new Set(ruleNames));
  });
});
