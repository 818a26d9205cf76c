import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { loadSettings } from "../../../services/config/settings.ts";
import { SETTINGS } from "../../../services/config/settings-table.ts";
import { selfSigned } from "../self-signed.ts";

const account = "5e5f0a11-6c1e-4b7d-9a55-0c6f5d0a0001";
const person = "9f0c1b7e-51f4-4f0a-8a43-1d2c00000001";
const good: Readonly<Record<string, string>> = {
  PUBLIC_URL: "https://watchdesk.example.com/",
  BOT_APP_ID: "B0700000-0b0a-4d11-8a11-5a4db0c50001",
  BOT_APP_PASSWORD: "canary-bot-password",
  BOT_APP_PASSWORD_EXPIRES: "2027-11-22",
  BOT_TENANT_ID: account,
  ACCOUNTS: `${account}=Harbor Ridge Security`,
  ACCOUNT_ADMINS: ` ${person.toUpperCase()} , `,
  DEFENDER_APP_ID: "d3fe0de2-0b0a-4d11-8a11-5a4db0c50002",
  DEFENDER_APP_SECRET: "canary-defender-secret",
  DEFENDER_APP_SECRET_EXPIRES: "2027-10-01",
};

function settingsOf(environment: Record<string, string | undefined>, readFile?: (path: string) => string) {
  const outcome = loadSettings(environment, readFile);
  if (outcome.kind === "problems") throw new Error(outcome.problems.join(" "));
  return outcome.settings;
}

function problemsOf(changes: Record<string, string | undefined>, readFile?: (path: string) => string) {
  const outcome = loadSettings({ ...good, ...changes }, readFile);
  return outcome.kind === "problems" ? outcome.problems : [];
}

describe("loadSettings", () => {
  it("reads the required settings and fills in the rest", () => {
    expect(settingsOf(good)).toMatchObject({
      port: 3978,
      host: "0.0.0.0",
      publicUrl: "https://watchdesk.example.com",
      bot: {
        appId: "b0700000-0b0a-4d11-8a11-5a4db0c50001",
        tenantId: account,
        credential: { kind: "secret", expiresAt: "2027-11-22T23:59:59.999Z" },
      },
      accounts: [{ id: account, name: "Harbor Ridge Security" }],
      accountAdmins: [person],
      defenderApp: { credential: { kind: "secret", expiresAt: "2027-10-01T23:59:59.999Z" } },
      cloud: "public",
      overrides: { loginUrl: null, graphUrl: null, teamsServiceUrls: null },
      store: { kind: "sqlite", path: "data/watchdesk.db" },
      admin: { port: null, host: "127.0.0.1" },
      queue: "local",
      role: "all",
      syncIntervalSeconds: 60,
      retentionDays: 180,
      logLevel: "info",
    });
  });

  it("hands secrets out on purpose only, and freezes everything", () => {
    const settings = settingsOf(good);
    const { credential } = settings.defenderApp;
    expect(credential.kind === "secret" && credential.secret.reveal()).toBe("canary-defender-secret");
    const shown = `${inspect(settings, { depth: 9, showHidden: true })}${JSON.stringify(settings)}${String(credential)}`;
    expect(shown).not.toContain("canary");
    expect(shown).toContain("[redacted]");
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.bot) && Object.isFrozen(settings.accounts)).toBe(true);
  });

  it("tells all that is missing in one run", () => {
    const outcome = loadSettings({});
    const required = SETTINGS.filter((line) => line.default === "-" && line.name !== "DEFENDER_APP_SECRET_EXPIRES");
    const problems = outcome.kind === "problems" ? outcome.problems : [];
    expect(problems.map((sentence) => sentence.split(" ")[0]).sort()).toEqual(required.map(({ name }) => name).sort());
  });

  it.each([
    [{ PORT: "abc" }, "PORT must be a whole number from 0 to 65535."],
    [{ PORT: "65536" }, "PORT must be a whole number from 0 to 65535."],
    [{ BOT_APP_ID: "bot" }, /^BOT_APP_ID is not an Entra id; copy it/],
    [{ PUBLIC_URL: "http://watchdesk.example.com" }, /^PUBLIC_URL must be the bot's https address/],
    [{ PUBLIC_URL: "https://watchdesk.example.com/?a=1" }, /^PUBLIC_URL must be/],
    [{ PUBLIC_URL: "watchdesk" }, /^PUBLIC_URL must be/],
    [{ ACCOUNTS: account }, /^ACCOUNTS must hold pairs of tenantId=Display name/],
    [{ ACCOUNTS: `${account}=A,${account}=B` }, /^ACCOUNTS names one tenant twice/],
    [{ ACCOUNT_ADMINS: "avery@harborridge.example" }, /^ACCOUNT_ADMINS is not an Entra id/],
    [{ ACCOUNT_ADMINS: " , " }, /^ACCOUNT_ADMINS must name at least one/],
    [{ BOT_APP_PASSWORD_EXPIRES: "next year" }, /^BOT_APP_PASSWORD_EXPIRES must be a day, such as 2027-11-22/],
    [{ DEFENDER_APP_SECRET_EXPIRES: "" }, /^DEFENDER_APP_SECRET_EXPIRES is missing/],
    [{ DEFENDER_APP_ID: good.BOT_APP_ID }, /^DEFENDER_APP_ID is the bot's own registration; make a second one/],
    [{ CLOUD: "dod" }, "CLOUD must be public, gcc, gcchigh."],
    [{ GRAPH_URL: "https://graph.evil.example" }, /^GRAPH_URL is taken for loopback addresses only/],
    [{ LOGIN_URL: "http://127.0.0.1.evil.example" }, /^LOGIN_URL is taken for loopback/],
    [{ DEFENDER_URL: "http://user@localhost:1" }, /^DEFENDER_URL is taken for loopback/],
    [{ TEAMS_SERVICE_URLS: "http://127.0.0.1:1,https://smba.example" }, /^TEAMS_SERVICE_URLS is taken for loopback/],
    [{ BOT_TOKEN_ISSUER: "https://issuer.example" }, /^BOT_TOKEN_ISSUER is taken for loopback/],
    [{ ADMIN_PORT: "metrics" }, "ADMIN_PORT must be a whole number from 0 to 65535."],
    [{ ADMIN_PORT: "3978" }, "ADMIN_PORT is PORT; give another one, which Teams and browsers cannot reach."],
    [{ QUEUE: "redis" }, "QUEUE redis is not there yet; leave it out or set local."],
    [{ ROLE: "web" }, "ROLE web is not there yet; leave it out or set all."],
    [
      { BOT_APP_TYPE: "UserAssignedMSI" },
      "BOT_APP_TYPE UserAssignedMSI is not there yet; leave it out or set SingleTenant.",
    ],
    [{ SYNC_INTERVAL_SECONDS: "4" }, "SYNC_INTERVAL_SECONDS must be a whole number from 5 to 3600."],
    [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL must be info, /],
    [{ DEFENDER_APP_CERTIFICATE: "app.pem" }, /^DEFENDER_APP_SECRET and DEFENDER_APP_CERTIFICATE are both set/],
  ])("refuses %j in a sentence", (changes, sentence) => {
    expect(problemsOf(changes)).toEqual([sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence]);
  });

  it("never repeats a secret in a problem", () => {
    const told = problemsOf({ PORT: "x", DEFENDER_APP_CERTIFICATE: "app.pem" }).join(" ");
    expect(told).toContain("PORT");
    expect(told).not.toContain("canary");
  });

  it("takes loopback addresses for a sandbox", () => {
    const settings = settingsOf({
      ...good,
      PUBLIC_URL: "http://127.0.0.1:3978",
      LOGIN_URL: "http://127.0.0.1:4001/",
      GRAPH_URL: "http://localhost:4002",
      TEAMS_SERVICE_URLS: "http://127.0.0.1:4004/emea/, http://[::1]:4005",
      BOT_TOKEN_ISSUER: "https://api.botframework.com",
    });
    expect(settings).toMatchObject({
      publicUrl: "http://127.0.0.1:3978",
      overrides: {
        loginUrl: "http://127.0.0.1:4001",
        graphUrl: "http://localhost:4002",
        botTokenIssuer: "https://api.botframework.com",
        teamsServiceUrls: ["http://127.0.0.1:4004/emea", "http://[::1]:4005"],
      },
    });
  });

  it("reads a certificate's end from its file", () => {
    const first = selfSigned({ from: new Date(0), until: new Date("2028-03-01T12:00:00Z") });
    const second = selfSigned({ from: new Date(0), until: new Date("2028-03-01T12:00:00Z") });
    const files: Record<string, string> = {
      "app.pem": first.pem,
      "mixed.pem": first.certificate + second.key,
      "key.pem": first.key,
    };
    const readFile = (path: string) => {
      const text = files[path];
      if (text === undefined) throw new Error("ENOENT");
      return text;
    };
    const changes = (path: string) => ({
      DEFENDER_APP_SECRET: undefined,
      DEFENDER_APP_SECRET_EXPIRES: undefined,
      DEFENDER_APP_CERTIFICATE: path,
    });
    const { credential } = settingsOf({ ...good, ...changes("app.pem") }, readFile).defenderApp;
    expect(credential).toMatchObject({ kind: "certificate", expiresAt: "2028-03-01T12:00:00.000Z" });
    expect(credential.kind === "certificate" && credential.pem.reveal()).toBe(first.pem);
    expect(problemsOf(changes("mixed.pem"), readFile)).toEqual([expect.stringContaining("another certificate")]);
    expect(problemsOf(changes("key.pem"), readFile)).toEqual([expect.stringContaining("no PEM certificate")]);
    expect(problemsOf(changes("gone.pem"), readFile)).toEqual([expect.stringContaining("cannot be read")]);
  });
});

describe("SETTINGS", () => {
  it("names exactly the settings that loadSettings looks at", () => {
    const asked = new Set<string>();
    const spy = (environment: Record<string, string | undefined>) =>
      new Proxy(environment, {
        get(target, name) {
          asked.add(String(name));
          return target[String(name)];
        },
      });
    loadSettings(spy(good));
    loadSettings(spy({ ...good, STORE: "cosmos" }));
    expect([...asked].sort()).toEqual(SETTINGS.map(({ name }) => name).sort());
  });

  it("shows the defaults that loadSettings fills in", () => {
    const written = SETTINGS.filter((line) => !["-", "none", "by cloud"].includes(line.default));
    const spelled = Object.fromEntries(written.map((line) => [line.name, line.default]));
    expect(JSON.stringify(settingsOf({ ...spelled, ...good }))).toBe(JSON.stringify(settingsOf(good)));
    expect(written.length).toBeGreaterThan(8);
  });
});
