import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { createActivityGate } from "../../bot/activity-gate.ts";
import { MINUTE } from "../../services/domain/instant.ts";
import { movedClock } from "../contract/store/opened-store.ts";
import { START } from "../contract/store/store-samples.ts";
import { json, loopback } from "./loopback.ts";

const BOT = "bot-app-id";
const ISSUER = "https://api.botframework.com";
const SERVICE = "https://smba.trafficmanager.net/emea/";
const ACCOUNT = "11111111-aaaa-4aaa-8aaa-000000000001";
const now = Date.parse(START) / 1000;
type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let ours: Pair;
let foreign: Pair;
beforeAll(async () => {
  ours = await generateKeyPair("RS256", { extractable: true });
  foreign = await generateKeyPair("RS256");
});

/** A gate whose Bot Framework is a server on loopback that publishes our key. */
async function openGate(metadata: (origin: string) => unknown = (origin) => ({ jwks_uri: `${origin}/keys` })) {
  const key = { ...(await exportJWK(ours.publicKey)), kid: "key-1", use: "sig", alg: "RS256" };
  const framework = await loopback((request, response) => {
    json(response, 200, request.path === "/keys" ? { keys: [key] } : metadata(framework.origin));
  });
  const clock = movedClock();
  const gate = createActivityGate(
    {
      botAppId: BOT,
      openIdMetadataUrl: `${framework.origin}/openid`,
      tokenIssuer: ISSUER,
      serviceOrigins: ["https://smba.trafficmanager.net"],
      accountIds: new Set([ACCOUNT]),
    },
    clock,
  );
  return { gate, framework, clock };
}

const CLAIMS: JWTPayload = { iss: ISSUER, aud: BOT, nbf: now - 60, exp: now + 3_600, serviceurl: SERVICE };

/** A claim given as undefined is left out. */
async function bearer(
  claims: Readonly<Record<string, string | number | undefined>> = {},
  options: { key?: Pair["privateKey"]; kid?: string } = {},
): Promise<string> {
  const all = Object.fromEntries(Object.entries({ ...CLAIMS, ...claims }).filter(([, value]) => value !== undefined));
  const token = new SignJWT(all).setProtectedHeader({ alg: "RS256", kid: options.kid ?? "key-1" });
  return `Bearer ${await token.sign(options.key ?? ours.privateKey)}`;
}

const ACTIVITY = {
  type: "message",
  id: "activity-1",
  channelId: "msteams",
  serviceUrl: SERVICE,
  conversation: { id: "19:channel", tenantId: ACCOUNT },
  from: { id: "29:person" },
  channelData: { tenant: { id: ACCOUNT } },
  text: "help",
};
const body = (changes: Record<string, unknown> = {}) => JSON.stringify({ ...ACTIVITY, ...changes });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("the activity gate lets through", () => {
  it("what Teams sends, with everything that stands in it", async () => {
    const { gate } = await openGate();
    expect(await gate({ authorization: await bearer(), body: body() })).toEqual({
      kind: "accepted",
      activity: ACTIVITY,
    });
  });

  it.each([
    ["an account that stands in the conversation alone", { channelData: {} }],
    ["an account that stands in the channel's data alone", { conversation: { id: "19:channel" } }],
    ["an account in capitals", { conversation: { id: "19:channel", tenantId: ACCOUNT.toUpperCase() } }],
    ["no channel data at all", { channelData: null }],
    ["no activity id, as typing has", { id: undefined, type: "typing" }],
  ])("%s", async (_what, changes) => {
    const { gate } = await openGate();
    expect((await gate({ authorization: await bearer(), body: body(changes) })).kind).toBe("accepted");
  });

  it("the same token again: the Bot Framework uses one for about an hour, and its keys are asked for once", async () => {
    const { gate, framework } = await openGate();
    const authorization = await bearer();
    for (let turn = 0; turn < 3; turn += 1) expect((await gate({ authorization, body: body() })).kind).toBe("accepted");
    expect(framework.requests.map(({ path }) => path)).toEqual(["/openid", "/keys"]);
  });

  it("a token up to five minutes past its end, by the clock handed in, and not later", async () => {
    const { gate, clock } = await openGate();
    const authorization = await bearer();
    clock.advance(64 * MINUTE);
    expect((await gate({ authorization, body: body() })).kind).toBe("accepted");
    clock.advance(2 * MINUTE);
    expect(await gate({ authorization, body: body() })).toMatchObject({ kind: "refused", status: 401 });
  });
});

describe("the activity gate refuses a token", () => {
  it.each<[string, () => Promise<string | undefined>]>([
    ["that is not there", async () => undefined],
    ["that is empty", async () => "Bearer "],
    ["that is no token", async () => "Bearer abc"],
    ["under another scheme", async () => (await bearer()).replace("Bearer", "Basic")],
    ["twice in one header", async () => `${await bearer()}, ${await bearer()}`],
    ["with a broken signature", async () => `${(await bearer()).slice(0, -8)}AAAAAAAA`],
    ["of somebody else's key under the known id", () => bearer({}, { key: foreign.privateKey })],
    ["of a key that is not published", () => bearer({}, { key: foreign.privateKey, kid: "key-2" })],
    ["without a signature", async () => `Bearer ${encode({ alg: "none", typ: "JWT" })}.${encode(CLAIMS)}.`],
    ["signed by HS256 with the public key", hs256],
    ["of another issuer", () => bearer({ iss: "https://sts.windows.net/evil/" })],
    [
      "of the emulator's issuer",
      () => bearer({ iss: "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0" }),
    ],
    ["without an issuer", () => bearer({ iss: undefined })],
    ["for another bot", () => bearer({ aud: "another-bot" })],
    ["for nobody", () => bearer({ aud: undefined })],
    ["without an end", () => bearer({ exp: undefined })],
    ["that has ended", () => bearer({ exp: now - 301 })],
    ["that does not hold yet", () => bearer({ nbf: now + 301 })],
    ["without a service URL", () => bearer({ serviceurl: undefined })],
    ["for another service URL", () => bearer({ serviceurl: "https://smba.trafficmanager.net/amer/" })],
  ])("%s", async (_what, token) => {
    const { gate } = await openGate();
    expect(await gate({ authorization: await token(), body: body() })).toMatchObject({ kind: "refused", status: 401 });
  });

  async function hs256(): Promise<string> {
    const key = new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)));
    return `Bearer ${await new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(key)}`;
  }
});

describe("the activity gate refuses an activity", () => {
  const evil = "https://evil.example/";
  it.each<[string, Record<string, unknown>, Record<string, string>, number]>([
    ["of a host that is not allowed, though the token says so", { serviceUrl: evil }, { serviceurl: evil }, 401],
    [
      "of a host that only begins well",
      { serviceUrl: "https://smba.trafficmanager.net.evil.example/" },
      { serviceurl: "https://smba.trafficmanager.net.evil.example/" },
      401,
    ],
    [
      "with a user in the service URL",
      { serviceUrl: "https://me@smba.trafficmanager.net/" },
      { serviceurl: "https://me@smba.trafficmanager.net/" },
      401,
    ],
    [
      "over http",
      { serviceUrl: "http://smba.trafficmanager.net/" },
      { serviceurl: "http://smba.trafficmanager.net/" },
      401,
    ],
    ["without a service URL", { serviceUrl: undefined }, {}, 400],
    ["with an empty service URL", { serviceUrl: "" }, { serviceurl: "" }, 400],
    [
      "of another account",
      { conversation: { id: "c", tenantId: "22222222-2222-4222-8222-222222222222" }, channelData: {} },
      {},
      401,
    ],
    ["of no account", { conversation: { id: "c" }, channelData: undefined }, {}, 401],
    ["of two accounts at once", { channelData: { tenant: { id: "22222222-2222-4222-8222-222222222222" } } }, {}, 401],
    ["of another channel", { channelId: "webchat" }, {}, 400],
    ["of the emulator", { channelId: "emulator" }, {}, 400],
    ["of no channel", { channelId: undefined }, {}, 400],
    ["of nobody", { from: undefined }, {}, 400],
    ["in no conversation", { conversation: undefined }, {}, 400],
    ["with a conversation id too long", { conversation: { id: "c".repeat(501), tenantId: ACCOUNT } }, {}, 400],
    ["without a type", { type: "" }, {}, 400],
    ["whose id is no text", { id: 7 }, {}, 400],
  ])("%s", async (_what, changes, claims, status) => {
    const { gate } = await openGate();
    expect(await gate({ authorization: await bearer(claims), body: body(changes) })).toMatchObject({
      kind: "refused",
      status,
    });
  });

  it.each(["", "{", "null", "[]", '"text"', "7"])("whose body is %j", async (text) => {
    const { gate } = await openGate();
    expect(await gate({ authorization: await bearer(), body: text })).toMatchObject({ kind: "refused", status: 400 });
  });

  it("without a word about its body where the token is wrong", async () => {
    const { gate } = await openGate();
    expect(await gate({ authorization: undefined, body: "{" })).toMatchObject({ status: 401 });
  });
});

describe("the activity gate while the Bot Framework's keys cannot be had", () => {
  it("refuses, and lets through again once they can", async () => {
    let broken = true;
    const { gate } = await openGate((origin) => (broken ? {} : { jwks_uri: `${origin}/keys` }));
    const authorization = await bearer();
    expect(await gate({ authorization, body: body() })).toMatchObject({ kind: "refused", status: 401 });
    broken = false;
    expect((await gate({ authorization, body: body() })).kind).toBe("accepted");
  });
});
