import type { AuthenticationResult, INetworkModule, NetworkRequestOptions } from "@azure/msal-node";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../cloud-fixture.ts";
import { defenderScope, graphScope, postForm, signedInUri, startCloud, verifier } from "../cloud-fixture.ts";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.close());

/** Sends what msal-node would send to Microsoft's login host to the sandbox instead. */
function networkClient(loginUrl: string): INetworkModule {
  async function send<T>(url: string, method: string, options?: NetworkRequestOptions) {
    const target = url.replace("https://login.microsoftonline.com", loginUrl);
    const body = options?.body === undefined ? {} : { body: options.body };
    const response = await fetch(target, { method, headers: options?.headers ?? {}, ...body });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as T,
    };
  }
  return {
    sendGetRequestAsync: (url, options) => send(url, "GET", options),
    sendPostRequestAsync: (url, options) => send(url, "POST", options),
  };
}

function application(tenant: string): ConfidentialClientApplication {
  const { appId, secrets } = cloud.world.defenderApp;
  return new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      clientSecret: secrets[0]?.value ?? "",
      authority: `https://login.microsoftonline.com/${tenant}`,
    },
    system: { networkClient: networkClient(cloud.identity.url) },
  });
}

describe("msal-node against the sandbox", () => {
  it("gets one app token per API and caches it", async () => {
    const { tenantId } = cloud.world.tenant("A");
    cloud.world.consent(tenantId);
    const app = application(tenantId);
    const results: (AuthenticationResult | null)[] = [];
    for (const scope of [graphScope, graphScope, defenderScope]) {
      results.push(await app.acquireTokenByClientCredential({ scopes: [scope] }));
    }
    expect(results.map((result) => result?.fromCache)).toEqual([false, true, false]);
    expect(decodeJwt(results[0]?.accessToken ?? "").roles).toContain("SecurityAlert.ReadWrite.All");
    expect(cloud.world.requests.find({ api: "identity" })).toHaveLength(2);
  });

  it("reports the documented refusals as server errors", async () => {
    const { tenantId } = cloud.world.tenant("B");
    const refused = application(tenantId).acquireTokenByClientCredential({ scopes: [graphScope] });
    await expect(refused).rejects.toMatchObject({ errorCode: "unauthorized_client", errorNo: 700016 });
  });

  it("signs a person in with code, PKCE and nonce, and the id token verifies by discovery", async () => {
    const app = application("organizations");
    const challenge = new URL(cloud.authorizeUrl()).searchParams.get("code_challenge") ?? "";
    const url = await app.getAuthCodeUrl({
      scopes: ["openid", "profile"],
      redirectUri: signedInUri,
      state: "s",
      nonce: "n",
      responseMode: "query",
      prompt: "select_account",
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
    });
    const here = url.replace("https://login.microsoftonline.com", cloud.identity.url);
    const { location } = await postForm(here, { user: "admin-b" });
    const code = location?.searchParams.get("code") ?? "";
    const request = { scopes: ["openid", "profile"], redirectUri: signedInUri, codeVerifier: verifier };
    // The expected nonce stands in the request: msal-node refuses an id token with a nonce that it was not told.
    const result = await app.acquireTokenByCode({ ...request, code, nonce: "n" });
    const { tenantId } = cloud.world.tenant("B");
    const keys = createRemoteJWKSet(new URL(`${cloud.identity.url}/${tenantId}/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(result.idToken, keys, {
      issuer: `${cloud.identity.url}/${tenantId}/v2.0`,
      audience: cloud.world.defenderApp.appId,
      currentDate: cloud.clock.now(),
    });
    expect(payload).toMatchObject({ tid: tenantId, nonce: "n" });
    const again = app.acquireTokenByCode({ ...request, code, nonce: "n" });
    await expect(again).rejects.toMatchObject({ errorCode: "invalid_grant", errorNo: 54005 });
    expect(cloud.identity.unknownRequests).toEqual([]);
  });
});
