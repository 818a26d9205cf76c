import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyIdToken } from "../../../services/microsoft/id-token.ts";
import { createMicrosoftSignIn } from "../../../services/microsoft/microsoft-sign-in.ts";
import { jsonAnswer } from "../../sandbox/answer.ts";
import { callbackUri, postForm, publicUrl } from "../../sandbox/cloud-fixture.ts";
import { type Route, startJsonServer } from "../../sandbox/json-server.ts";
import { selfSigned } from "../self-signed.ts";
import { defenderRegistration, startMicrosoft } from "./microsoft-fixture.ts";

let microsoft: Awaited<ReturnType<typeof startMicrosoft>>;
beforeEach(async () => {
  microsoft = await startMicrosoft();
});
afterEach(() => microsoft.close());

const randomness = { id: () => "id-1", secret: () => "secret-1" };
const secrets = {
  state: "state-1",
  nonce: "nonce-1",
  codeVerifier: "a-code-verifier-that-is-long-enough-for-pkce-0123",
};

function signInWith(registration: Parameters<typeof createMicrosoftSignIn>[1]["registration"]) {
  return createMicrosoftSignIn({ ...microsoft, randomness }, { registration, publicUrl });
}
const signIn = () => signInWith(defenderRegistration(microsoft.cloud));

async function codeOf(user: string, expected: { tenantId: string; domain: string } | null = null): Promise<string> {
  const { location } = await postForm(signIn().signInUrl({ ...secrets, expected }), { user });
  expect(location?.searchParams.get("state")).toBe("state-1");
  return location?.searchParams.get("code") ?? "";
}

describe("createMicrosoftSignIn", () => {
  it("leads to the sign-in with code, PKCE and nonce, and to consent for exactly one tenant", () => {
    const any = new URL(signIn().signInUrl({ ...secrets, expected: null }));
    expect(any.pathname).toBe("/organizations/oauth2/v2.0/authorize");
    expect(Object.fromEntries(any.searchParams)).toMatchObject({
      response_type: "code",
      response_mode: "query",
      scope: "openid profile",
      prompt: "select_account",
      code_challenge_method: "S256",
      redirect_uri: `${publicUrl}/consent/signed-in`,
      nonce: "nonce-1",
    });
    expect(any.href).not.toContain(secrets.codeVerifier);
    const { tenantId } = microsoft.world.tenant("A");
    const one = new URL(signIn().signInUrl({ ...secrets, expected: { tenantId, domain: "contoso-dental.example" } }));
    expect([one.pathname, one.searchParams.get("domain_hint")]).toEqual([
      `/${tenantId}/oauth2/v2.0/authorize`,
      "contoso-dental.example",
    ]);
    const consent = new URL(signIn().adminConsentUrl({ tenantId, state: "s 2" }));
    expect(consent.pathname).toBe(`/${tenantId}/adminconsent`);
    expect(Object.fromEntries(consent.searchParams)).toEqual({
      client_id: microsoft.world.defenderApp.appId,
      redirect_uri: callbackUri,
      state: "s 2",
    });
  });

  it("says who signed in, with directory roles, and marks a guest", async () => {
    const { tenantId, users } = microsoft.world.tenant("A");
    const admin = await signIn().redeem({ ...secrets, code: await codeOf("admin-a") });
    expect(admin).toMatchObject({
      kind: "signedIn",
      who: { tenantId, objectId: users[0]?.objectId, signInName: users[0]?.userPrincipalName, guest: false },
    });
    expect(admin.kind === "signedIn" && admin.who.directoryRoles).toContain("62e90394-69f5-4237-9190-012177145e10");
    expect(await signIn().redeem({ ...secrets, code: await codeOf("guest-a") })).toMatchObject({
      who: { guest: true },
    });
    microsoft.world.widsInIdTokens = false;
    expect(await signIn().redeem({ ...secrets, code: await codeOf("admin-a") })).toMatchObject({
      who: { directoryRoles: null },
    });
  });

  it("redeems a code that was issued at the expected tenant's own address", async () => {
    const { tenantId } = microsoft.world.tenant("A");
    const code = await codeOf("admin-a", { tenantId, domain: "contoso-dental.example" });
    expect(await signIn().redeem({ ...secrets, code })).toMatchObject({ kind: "signedIn", who: { tenantId } });
  });

  it("proves itself with a certificate", async () => {
    // The sandbox judges assertions by the machine's clock, as MSAL stamps them by it.
    microsoft.cloud.clock.advance(Date.now() - microsoft.cloud.clock.now().getTime());
    const { pem, certificate } = selfSigned({ from: new Date(0), until: new Date(Date.UTC(2030, 1)) });
    microsoft.world.defenderApp.certificates.push(certificate);
    const code = await codeOf("admin-a");
    const registration = {
      appId: microsoft.world.defenderApp.appId,
      credential: { kind: "certificate", pem: { reveal: () => pem } },
    } as const;
    expect(await signInWith(registration).redeem({ ...secrets, code })).toMatchObject({ kind: "signedIn" });
  });

  it("refuses a used, invented or foreign code, another verifier and another nonce", async () => {
    const code = await codeOf("admin-a");
    expect(await signIn().redeem({ ...secrets, code: "invented" })).toMatchObject({ kind: "refused" });
    expect(await signIn().redeem({ ...secrets, code })).toMatchObject({ kind: "signedIn" });
    expect(await signIn().redeem({ ...secrets, code })).toEqual({ kind: "refused", detail: "AADSTS54005" });
    const other = await codeOf("admin-a");
    const codeVerifier = `${secrets.codeVerifier}-other`;
    expect(await signIn().redeem({ ...secrets, code: other, codeVerifier })).toMatchObject({ kind: "refused" });
    expect(await signIn().redeem({ ...secrets, code: await codeOf("admin-a"), nonce: "other" })).toEqual({
      kind: "refused",
      detail: "nonce of another sign-in",
    });
  });

  it("throws where our credential fails or Microsoft does not answer", async () => {
    const wrong = signInWith(defenderRegistration(microsoft.cloud, "of-another-app"));
    const failing = wrong.redeem({ ...secrets, code: await codeOf("admin-a") });
    await expect(failing).rejects.toMatchObject({ code: "credential-failing", detail: "AADSTS7000215" });
    microsoft.world.fault({ api: "identity", tenantId: "*", fault: { kind: "status", status: 503 } });
    const code = await codeOf("admin-a").catch(() => "any");
    await expect(signIn().redeem({ ...secrets, code })).rejects.toMatchObject({ code: "not-answering" });
  });
});

describe("verifyIdToken", () => {
  const appId = "d3fe0de2-0b0a-4d11-8a11-5a4db0c50002";
  const tenantId = "aaaa1111-0c2d-4f11-9e6a-7d3b5a10000a";
  const consumers = "9188040d-6c67-4c5b-b112-36a304b66dad";
  const now = Date.UTC(2026, 10, 22, 14) / 1000;

  async function issue(changes: Record<string, unknown>, foreignKey = false) {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const other = await generateKeyPair("RS256");
    const routes: Route[] = [];
    const server = await startJsonServer({ routes });
    routes.push(
      {
        method: "GET",
        path: /openid-configuration$/,
        handle: () => jsonAnswer(200, { issuer: "x", jwks_uri: `${server.url}/keys` }),
      },
      {
        method: "GET",
        path: "/keys",
        handle: async () => jsonAnswer(200, { keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "RS256" }] }),
      },
    );
    const iss = `${server.url}/${String(changes.tid ?? tenantId)}/v2.0`;
    const times = { iat: now - 10, exp: now + 3_600 };
    const claims = { iss, aud: appId, tid: tenantId, oid: tenantId, nonce: "n", ...times, ...changes };
    const signer = foreignKey ? other.privateKey : privateKey;
    const idToken = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "1" }).sign(signer);
    const deps = { ...microsoft, endpoints: { ...microsoft.endpoints, login: server.url } };
    const result = await verifyIdToken(deps, { idToken, appId, nonce: "n" });
    await server.close();
    return result;
  }

  it("takes a right token, with an idp that is its issuer as no guest", async () => {
    expect(await issue({})).toMatchObject({ kind: "signedIn", who: { guest: false, directoryRoles: null } });
    expect(await issue({ idp: "https://sts.windows.net/x/" })).toMatchObject({ who: { guest: true } });
  });

  it.each([
    ["another audience", { aud: "other" }],
    ["an issuer of another tenant", { iss: "https://login.microsoftonline.com/other/v2.0" }],
    ["a personal account", { tid: consumers }],
    ["a tenant that is no id", { tid: "organizations" }],
    ["an expired token", { exp: now - 120 }],
    ["a token of the future", { nbf: now + 3_600 }],
    ["no expiry", { exp: undefined }],
    ["no nonce", { nonce: undefined }],
    ["an object id that is none", { oid: "me" }],
  ])("refuses %s", async (_name, changes) => {
    expect(await issue(changes)).toMatchObject({ kind: "refused" });
  });

  it("refuses a foreign signature and what is no token", async () => {
    expect(await issue({}, true)).toEqual({ kind: "refused", detail: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" });
    expect(await verifyIdToken(microsoft, { idToken: "x.y.z", appId, nonce: "n" })).toMatchObject({ kind: "refused" });
  });
});
