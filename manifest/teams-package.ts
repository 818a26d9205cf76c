import { AppManifestUtils, type TeamsManifest } from "@microsoft/app-manifest";
import { strToU8, zipSync } from "fflate";
import { PNG } from "pngjs";

/** The three files of a Teams app package, the manifest already filled in. */
export interface TeamsPackage {
  readonly manifest: unknown;
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
}

/** Teams' own limit of suggested commands in one scope. */
const MOST_COMMANDS = 12;

/**
 * The template with each `{{NAME}}` in its texts replaced by that value. A name without a value stays as it stands;
 * findPackageProblems reports it.
 */
export function fillTemplate(template: unknown, values: Readonly<Record<string, string>>): unknown {
  const text = JSON.stringify(template).replace(/\{\{([A-Z_]+)\}\}/g, (placeholder, name: string) => {
    const value = values[name];
    return value === undefined ? placeholder : JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(text);
}

/** Everything that Teams would refuse or show wrongly, a sentence each; empty if the package is sound. Reads no network. */
export async function findPackageProblems(content: TeamsPackage): Promise<string[]> {
  return [
    ...(await findManifestProblems(content.manifest)),
    ...findColorIconProblems(content.color),
    ...findOutlineIconProblems(content.outline),
  ];
}

/** The zip to upload to Teams: the same bytes for the same content, whenever and wherever it is built. */
export function zipPackage(content: TeamsPackage): Uint8Array {
  const files = {
    "manifest.json": strToU8(`${JSON.stringify(content.manifest, null, 2)}\n`),
    "color.png": content.color,
    "outline.png": content.outline,
  };
  // A zip holds local time: this is its earliest moment in every time zone.
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}

async function findManifestProblems(manifest: unknown): Promise<string[]> {
  const problems = [...new Set(JSON.stringify(manifest).match(/\{\{[^}]*\}\}/g))].map(
    (placeholder) => `The manifest still holds the placeholder ${placeholder}.`,
  );
  const typed = manifest as TeamsManifest;
  if (!isShippedSchema(typed.$schema))
    return [...problems, "The manifest's $schema is not one of Microsoft's for Teams."];
  for (const fault of await AppManifestUtils.validateAgainstSchema(typed)) {
    problems.push(`The manifest breaks Microsoft's schema: ${fault.trim()}.`);
  }
  if (problems.length === 0) problems.push(...findCommandProblems(typed));
  return problems;
}

/** An unknown address would be fetched from the network by the validator. */
function isShippedSchema(address: unknown): boolean {
  const shipped =
    /^https:\/\/developer\.microsoft\.com\/en-us\/json-schemas\/teams\/v1\.\d+\/MicrosoftTeams\.schema\.json$/;
  return typeof address === "string" && shipped.test(address);
}

function findCommandProblems(manifest: TeamsManifest): string[] {
  const problems: string[] = [];
  for (const bot of ("bots" in manifest && manifest.bots) || []) {
    for (const scope of bot.scopes) {
      const commands = (bot.commandLists ?? []).filter(({ scopes }) => scopes.some((other) => other === scope));
      const titles = commands.flatMap((list) => list.commands.map(({ title }) => title));
      if (titles.length > MOST_COMMANDS) {
        problems.push(`The scope ${scope} suggests ${titles.length} commands; Teams shows at most ${MOST_COMMANDS}.`);
      }
      const repeated = titles.find((title, place) => titles.indexOf(title) !== place);
      if (repeated !== undefined) problems.push(`The scope ${scope} suggests "${repeated}" twice.`);
    }
  }
  return problems;
}

function findColorIconProblems(bytes: Uint8Array): string[] {
  const picture = readPng(bytes);
  if (picture === null) return ["color.png is not a PNG picture."];
  const problems = findSizeProblems("color.png", picture, 192);
  if (pixelsOf(picture).some(([, , , alpha]) => alpha !== 255)) {
    problems.push("color.png has transparent pixels; Teams would show its own colour there.");
  }
  return problems;
}

function findOutlineIconProblems(bytes: Uint8Array): string[] {
  const picture = readPng(bytes);
  if (picture === null) return ["outline.png is not a PNG picture."];
  const problems = findSizeProblems("outline.png", picture, 32);
  const pixels = pixelsOf(picture);
  if (pixels.some(([red, green, blue, alpha]) => alpha > 0 && Math.min(red, green, blue) < 255)) {
    problems.push("outline.png has pixels that are neither white nor transparent.");
  }
  if (!pixels.some(([, , , alpha]) => alpha === 0)) problems.push("outline.png has no transparent background.");
  if (!pixels.some(([, , , alpha]) => alpha === 255)) problems.push("outline.png shows nothing.");
  return problems;
}

function findSizeProblems(name: string, { width, height }: PNG, size: number): string[] {
  return width === size && height === size ? [] : [`${name} is ${width} x ${height}; Teams wants ${size} x ${size}.`];
}

function readPng(bytes: Uint8Array): PNG | null {
  try {
    return PNG.sync.read(Buffer.from(bytes));
  } catch {
    return null;
  }
}

function pixelsOf({ data }: PNG): [red: number, green: number, blue: number, alpha: number][] {
  return Array.from({ length: data.length / 4 }, (_, place) => {
    const at = 4 * place;
    return [data.readUInt8(at), data.readUInt8(at + 1), data.readUInt8(at + 2), data.readUInt8(at + 3)];
  });
}
