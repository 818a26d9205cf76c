import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import template from "../../manifest/manifest.json" with { type: "json" };
import { fillTemplate, findPackageProblems, type TeamsPackage, zipPackage } from "../../manifest/teams-package.ts";
import { drawColorIcon, drawOutlineIcon } from "../../manifest/watchdesk-mark.ts";

const values = {
  BOT_APP_ID: "1a2b3c4d-1111-4222-8333-444455556666",
  PUBLIC_URL: "https://bot.contoso.example",
  PUBLIC_HOST: "bot.contoso.example",
  VERSION: "0.1.0",
};
const color = readFileSync("manifest/color.png");
const outline = readFileSync("manifest/outline.png");

function sound(change: object = {}): TeamsPackage {
  return { manifest: fillTemplate({ ...template, ...change }, values), color, outline };
}

function picture(size: number, pixel: readonly number[]): Uint8Array {
  const drawn = new PNG({ width: size, height: size });
  for (let place = 0; place < size * size; place++) drawn.data.set(pixel, 4 * place);
  return PNG.sync.write(drawn);
}

function commandLists(titles: string[]): Partial<typeof template> {
  const commands = titles.map((title) => ({ title, description: title }));
  return { bots: template.bots.map((bot) => ({ ...bot, commandLists: [{ scopes: ["personal"], commands }] })) };
}

describe("the Teams package", () => {
  it("is sound as it stands", async () => {
    expect(await findPackageProblems(sound())).toEqual([]);
  });

  it("is at the newest schema that the validator ships, for chats and channels", () => {
    expect(template.manifestVersion).toBe("1.30");
    expect(template.bots[0]?.scopes).toEqual(["personal", "team", "groupChat"]);
  });

  it("says whose bot it is", () => {
    expect(sound().manifest).toMatchObject({
      id: values.BOT_APP_ID,
      version: "0.1.0",
      bots: [{ botId: values.BOT_APP_ID }],
      validDomains: ["bot.contoso.example"],
    });
  });

  it.each([
    ["a placeholder left", { version: "{{UNKNOWN}}" }, /placeholder \{\{UNKNOWN\}\}/],
    ["a schema from elsewhere", { $schema: "https://schemas.example/teams.json" }, /\$schema/],
    ["a field Teams does not know", { colour: "#000000" }, /additional properties/],
    ["a colour that is none", { accentColor: "blue" }, /accentColor/],
    ["too long a name", { name: { short: "W".repeat(31), full: "W" } }, /name\/short/],
    ["13 commands", commandLists(Array.from({ length: 13 }, (_, n) => `command ${n}`)), /commands/],
    ["a command twice", commandLists(["help", "help"]), /"help" twice/],
  ])("is refused with %s", async (_, change, sentence) => {
    const problems = await findPackageProblems(sound(change));
    expect(problems).toEqual([expect.stringMatching(sentence)]);
  });

  it("is refused when the lists of one scope together pass Teams' limit", async () => {
    const [bot] = commandLists(Array.from({ length: 7 }, (_, n) => `command ${n}`)).bots ?? [];
    const [more] = commandLists(Array.from({ length: 7 }, (_, n) => `other ${n}`)).bots ?? [];
    const lists = [...(bot?.commandLists ?? []), ...(more?.commandLists ?? [])];
    const bots = template.bots.map((written) => ({ ...written, commandLists: lists }));
    expect(await findPackageProblems(sound({ bots }))).toEqual([
      "The scope personal suggests 14 commands; Teams shows at most 12.",
    ]);
  });

  it.each([
    ["a color icon of the wrong size", { color: picture(96, [1, 2, 3, 255]) }, "color.png is 96 x 96"],
    ["a color icon with a hole", { color: picture(192, [1, 2, 3, 0]) }, "color.png has transparent pixels"],
    ["a color icon that is none", { color: new Uint8Array(8) }, "color.png is not a PNG"],
    ["an outline icon of the wrong size", { outline: picture(192, [255, 255, 255, 0]) }, "outline.png is 192 x 192"],
    ["a coloured outline icon", { outline: picture(32, [9, 9, 9, 255]) }, "outline.png has pixels that are neither"],
    ["an outline icon without background", { outline: picture(32, [255, 255, 255, 255]) }, "no transparent background"],
    ["an empty outline icon", { outline: picture(32, [255, 255, 255, 0]) }, "outline.png shows nothing"],
  ])("is refused with %s", async (_, change, sentence) => {
    const problems = await findPackageProblems({ ...sound(), ...change });
    expect(problems.join("\n")).toContain(sentence);
  });

  it("is zipped to the same bytes each time, with exactly its three files", () => {
    const zip = zipPackage(sound());
    expect(Buffer.from(zipPackage(sound())).equals(Buffer.from(zip))).toBe(true);
    const files = unzipSync(zip);
    expect(Object.keys(files).sort()).toEqual(["color.png", "manifest.json", "outline.png"]);
    expect(JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()))).toEqual(sound().manifest);
    expect(Buffer.from(files["color.png"] ?? []).equals(color)).toBe(true);
  });
});

describe("fillTemplate", () => {
  it("keeps a value's quotes inside its text", () => {
    expect(fillTemplate({ a: "x {{NAME}} y" }, { NAME: '"q" \\' })).toEqual({ a: 'x "q" \\ y' });
  });
});

describe("the icons", () => {
  it("are as the script draws them", () => {
    expect(PNG.sync.read(color).data.equals(drawColorIcon().data)).toBe(true);
    expect(PNG.sync.read(outline).data.equals(drawOutlineIcon().data)).toBe(true);
  });
});
