import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAppTokens } from "../../../services/microsoft/app-tokens.ts";
import { selfSigned } from "../self-signed.ts";
import { defenderRegistration, startMicrosoft } from "./microsoft-fixture.ts";

let microsoft: Awaited<ReturnType<typeof startMicrosoft>>;
beforeEach(async () => {
  microsoft = await startMicrosoft();
});
afterEach(() => microsoft.close());

const issued = () => microsoft.world.requests.find({ api: "identity", method: "POST" }).length;

describe("createAppTokens", () => {
  it("asks once per tenant and resource, and again when the clock nears the token's end", async () => {
    const tenantId = microsoft.consented("A");
    const first = await microsoft.tokens.appToken({ tenantId, resource: "graph" });
    expect(await microsoft.tokens.appToken({ tenantId, resource: "graph" })).toBe(first);
    const defender = await microsoft.tokens.appToken({ tenantId, resource: "defender" });
    expect(issued()).toBe(2);
    expect(decodeJwt(first)).toMatchObject({ aud: "https://graph.microsoft.com", tid: tenantId });
    expect(decodeJwt(defender)).toMatchObject({ aud: "https://api.securitycenter.microsoft.com" });
    microsoft.cloud.clock.advance(56 * 60_000);
    const second = await microsoft.tokens.appToken({ tenantId, resource: "graph" });
    expect(second).not.toBe(first);
    expect(await microsoft.tokens.appToken({ tenantId, resource: "graph" })).toBe(second);
    expect(issued()).toBe(3);
  });

  it("issues anew when asked for a fresh one or after a drop, for that resource alone", async () => {
    const tenantId = microsoft.consented("A");
    const first = await microsoft.tokens.appToken({ tenantId, resource: "graph" });
    const fresh = await microsoft.tokens.appToken({ tenantId, resource: "graph", fresh: true });
    expect(fresh).not.toBe(first);
    expect(await microsoft.tokens.appToken({ tenantId, resource: "graph" })).toBe(fresh);
    const defender = await microsoft.tokens.appToken({ tenantId, resource: "defender" });
    microsoft.tokens.dropToken({ tenantId, resource: "graph" });
    expect(await microsoft.tokens.appToken({ tenantId, resource: "graph" })).not.toBe(fresh);
    expect(await microsoft.tokens.appToken({ tenantId, resource: "defender" })).toBe(defender);
  });

  it("says what a tenant without consent, an unknown tenant and a wrong secret are", async () => {
    const tenantId = microsoft.world.tenant("B").tenantId;
    await expect(microsoft.tokens.appToken({ tenantId, resource: "graph" })).rejects.toMatchObject({
      code: "consent-missing",
      detail: "AADSTS700016",
      retryable: false,
    });
    const nowhere = "00000000-1111-4222-8333-444455556666";
    await expect(microsoft.tokens.appToken({ tenantId: nowhere, resource: "graph" })).rejects.toMatchObject({
      code: "tenant-unknown",
      detail: "AADSTS90002",
    });
    const wrong = createAppTokens(microsoft, defenderRegistration(microsoft.cloud, "of-another-app"));
    await expect(wrong.appToken({ tenantId, resource: "graph" })).rejects.toMatchObject({
      code: "credential-failing",
      detail: "AADSTS7000215",
    });
  });

  it("says that a tenant has no Defender for Endpoint", async () => {
    const tenantId = microsoft.consented("D");
    await expect(microsoft.tokens.appToken({ tenantId, resource: "defender" })).rejects.toMatchObject({
      code: "defender-not-available",
      detail: "AADSTS500011",
    });
  });

  it.each([
    [
      { kind: "status", status: 429, retryAfterSeconds: 7 },
      { code: "throttled", retryAfterMs: 7_000 },
    ],
    [{ kind: "status", status: 503 }, { code: "not-answering" }],
    [{ kind: "timeout" }, { code: "not-answering", detail: "timeout" }],
    [{ kind: "reset" }, { code: "not-answering" }],
    [{ kind: "html" }, { code: "unreadable-answer" }],
    [{ kind: "truncated" }, { code: "unreadable-answer" }],
  ] as const)("survives %j, and goes on at once when it is over", async (fault, expected) => {
    const tenantId = microsoft.consented("A");
    const over = microsoft.world.fault({ api: "identity", tenantId, fault });
    const failing = microsoft.tokens.appToken({ tenantId, resource: "graph" });
    await expect(failing).rejects.toMatchObject({ ...expected, name: "Breakdown", retryable: true });
    over();
    expect(decodeJwt(await microsoft.tokens.appToken({ tenantId, resource: "graph" })).tid).toBe(tenantId);
  });

  it("proves itself with a certificate", async () => {
    // MSAL dates its assertions by the machine's clock.
    microsoft.cloud.clock.advance(Date.now() - microsoft.cloud.clock.now().getTime());
    const tenantId = microsoft.consented("A");
    const day = 86_400_000;
    const { pem, certificate } = selfSigned({ from: new Date(Date.now() - day), until: new Date(Date.now() + day) });
    microsoft.world.defenderApp.certificates.push(certificate);
    const registration = { appId: microsoft.world.defenderApp.appId, credential: certificateCredential(pem) };
    const tokens = createAppTokens(microsoft, registration);
    expect(decodeJwt(await tokens.appToken({ tenantId, resource: "graph" })).tid).toBe(tenantId);
  });

  it("gets the bot's own token with the bot's registration in its home tenant", async () => {
    const { botApp, account } = microsoft.world;
    const secret = { reveal: () => botApp.secrets[0]?.value ?? "" };
    const tokens = createAppTokens(microsoft, { appId: botApp.appId, credential: { kind: "secret", secret } });
    const token = await tokens.appToken({ tenantId: account.tenantId, resource: "bot" });
    expect(await microsoft.cloud.identity.verifyBotToken(`Bearer ${token}`)).toBe(true);
  });
});

function certificateCredential(pem: string) {
  return { kind: "certificate", pem: { reveal: () => pem } } as const;
}
