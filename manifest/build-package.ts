// Builds the Teams app package: npm run package
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import packageFile from "../package.json" with { type: "json" };
import { type PackageSettings, readPackageSettings } from "../services/config/package-settings.ts";
import template from "./manifest.json" with { type: "json" };
import { fillTemplate, findPackageProblems, type TeamsPackage, zipPackage } from "./teams-package.ts";

function gather(settings: PackageSettings): TeamsPackage {
  const values = {
    BOT_APP_ID: settings.botAppId,
    PUBLIC_URL: settings.publicUrl,
    PUBLIC_HOST: new URL(settings.publicUrl).hostname,
    VERSION: packageFile.version,
  };
  return {
    manifest: fillTemplate(template, values),
    color: readFileSync(new URL("color.png", import.meta.url)),
    outline: readFileSync(new URL("outline.png", import.meta.url)),
  };
}

function write(content: TeamsPackage, settings: PackageSettings): void {
  const zip = zipPackage(content);
  mkdirSync("dist", { recursive: true });
  writeFileSync("dist/watchdesk.zip", zip);
  const bot = settings.isSample
    ? "a sample; set BOT_APP_ID and PUBLIC_URL before you upload one"
    : `for the bot ${settings.botAppId} at ${settings.publicUrl}`;
  process.stdout.write(`Built dist/watchdesk.zip: version ${packageFile.version}, ${zip.length} bytes, ${bot}.\n`);
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

const outcome = readPackageSettings();
if (outcome.kind === "wrong") {
  refuse(outcome.problems);
} else {
  const content = gather(outcome.settings);
  const problems = await findPackageProblems(content);
  if (problems.length === 0) write(content, outcome.settings);
  else refuse(problems);
}
