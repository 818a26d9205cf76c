import { describe, expect, it } from "vitest";
import { parsePackageSettings } from "../../../services/config/package-settings.ts";

const botAppId = "1a2b3c4d-1111-4222-8333-444455556666";

describe("parsePackageSettings", () => {
  it("reads both values, and drops the slash at the end", () => {
    const variables = { BOT_APP_ID: botAppId.toUpperCase(), PUBLIC_URL: "https://bot.contoso.example/" };
    expect(parsePackageSettings(variables)).toEqual({
      kind: "read",
      settings: { botAppId, publicUrl: "https://bot.contoso.example", isSample: false },
    });
  });

  it.each([{}, { BOT_APP_ID: botAppId }, { PUBLIC_URL: "https://bot.contoso.example", BOT_APP_ID: "" }])(
    "calls the package a sample when a value is missing: %j",
    (variables) => {
      expect(parsePackageSettings(variables)).toMatchObject({ kind: "read", settings: { isSample: true } });
    },
  );

  it("names every wrong value in one go", () => {
    const outcome = parsePackageSettings({ BOT_APP_ID: "the bot", PUBLIC_URL: "http://127.0.0.1:3978" });
    expect(outcome).toEqual({
      kind: "wrong",
      problems: [expect.stringMatching(/^BOT_APP_ID /), expect.stringMatching(/^PUBLIC_URL /)],
    });
  });

  it("refuses an address that is none", () => {
    expect(parsePackageSettings({ PUBLIC_URL: "bot" })).toMatchObject({ kind: "wrong" });
  });
});
