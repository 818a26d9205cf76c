import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { directorySettings } from "../../../services/config/directory-settings.ts";
import { createSettingReader } from "../../../services/config/setting-reader.ts";

const account = "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001";
const good = {
  HUNTRESS_API_KEY: "hk_1",
  HUNTRESS_API_SECRET: "canary-secret",
  HUNTRESS_ACCOUNT: account.toUpperCase(),
};

function load(environment: Record<string, string>) {
  const read = createSettingReader(environment);
  const settings = directorySettings(read, [{ id: account, name: "Harbor Ridge" }]);
  return { settings, problems: read.problems };
}

describe("the settings of a directory", () => {
  it("are optional", () => {
    expect(load({})).toEqual({ settings: { huntress: null }, problems: [] });
  });

  it("name key, secret and the one account they serve, and hide the secret", () => {
    const { settings, problems } = load(good);
    expect(problems).toEqual([]);
    expect(settings.huntress).toMatchObject({ accountId: account, url: null });
    expect(settings.huntress?.secret.reveal()).toBe("canary-secret");
    expect(inspect(settings, { depth: 9 })).not.toContain("canary");
    expect(load({ ...good, HUNTRESS_URL: "http://127.0.0.1:4000/" }).settings.huntress?.url).toBe(
      "http://127.0.0.1:4000",
    );
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["a key alone", { HUNTRESS_API_KEY: "hk_1" }, /^HUNTRESS_API_SECRET is missing; set all of/],
    ["an account alone", { HUNTRESS_ACCOUNT: account }, /^HUNTRESS_API_KEY is missing/],
    ["key and secret in one", { ...good, HUNTRESS_API_KEY: "hk_1:hs_1" }, /^HUNTRESS_API_KEY holds a colon/],
    ["an account that is none of ours", { ...good, HUNTRESS_ACCOUNT: account.replace("5e", "6e") }, /none of ACCOUNTS/],
    [
      "an address that is not loopback",
      { ...good, HUNTRESS_URL: "https://evil.example" },
      /^HUNTRESS_URL is taken for loopback/,
    ],
  ])("say what is wrong with %s", (_what, environment, sentence) => {
    expect(load(environment).problems).toContainEqual(expect.stringMatching(sentence));
  });
});
