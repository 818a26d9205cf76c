import { createHash } from "node:crypto";
import { MovedClock } from "./clock.ts";
import { startDefenderServer } from "./defender/defender-server.ts";
import { startGraphServer } from "./graph/graph-server.ts";
import { startIdentityServer } from "./identity/identity-server.ts";
import { createKeys } from "./identity/keys.ts";
import { World } from "./world.ts";

export const publicUrl = "http://127.0.0.1:3978";
export const signedInUri = `${publicUrl}/consent/signed-in`;
export const callbackUri = `${publicUrl}/consent/callback`;
export const graphScope = "https://graph.microsoft.com/.default";
export const defenderScope = "https://api.securitycenter.microsoft.com/.default";
export const botScope = "https://api.botframework.com/.default";
export const verifier = "a-code-verifier-that-is-long-enough-for-pkce-0123456789";

// Making a key is the slowest part of a start; the tests of one file can share it.
const keys = await createKeys();

export interface JsonReply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export type Cloud = Awaited<ReturnType<typeof startCloud>>;

/** The cloud half of the sandbox on a moved clock, with short ways to ask it things, for its own tests. */
export async function startCloud(options: { pageSize?: number; limitPerMinute?: number } = {}) {
  const clock = new MovedClock(new Date("2026-11-22T14:00:00.000Z"));
  const world = new World({ clock });
  world.defenderApp.redirectUris = new Set([signedInUri, callbackUri]);
  const identity = await startIdentityServer({ world, keys });
  const { verifier: tokens } = identity;
  const graph = await startGraphServer({ world, verifier: tokens, ...options });
  const defender = await startDefenderServer({ world, verifier: tokens });

  function askToken(tenant: string, fields: Record<string, string>): Promise<JsonReply> {
    const form = {
      grant_type: "client_credentials",
      client_id: world.defenderApp.appId,
      client_secret: world.defenderApp.secrets[0]?.value ?? "",
      ...fields,
    };
    const url = `${identity.url}/${tenant}/oauth2/v2.0/token`;
    return readReply(fetch(url, { method: "POST", body: new URLSearchParams(form) }));
  }

  async function tokenFor(tenantId: string, scope: string): Promise<string> {
    const reply = await askToken(tenantId, { scope });
    return String(reply.body.access_token);
  }

  function call(url: string, token: string, method = "GET", body?: unknown): Promise<JsonReply> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body === undefined) return readReply(fetch(url, { method, headers }));
    headers["content-type"] = "application/json";
    return readReply(fetch(url, { method, headers, body: JSON.stringify(body) }));
  }

  function authorizeUrl(changes: Record<string, string | undefined> = {}, tenant = "organizations"): string {
    const url = new URL(`${identity.url}/${tenant}/oauth2/v2.0/authorize`);
    const query = {
      client_id: world.defenderApp.appId,
      redirect_uri: signedInUri,
      response_type: "code",
      response_mode: "query",
      scope: "openid profile",
      state: "state-1",
      nonce: "nonce-1",
      prompt: "select_account",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...changes,
    };
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  }

  function consentUrl(tenantId: string, changes: Record<string, string> = {}): string {
    const url = new URL(`${identity.url}/${tenantId}/adminconsent`);
    const query = { client_id: world.defenderApp.appId, redirect_uri: callbackUri, state: "state-2", ...changes };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }

  return {
    clock,
    world,
    identity,
    graph,
    defender,
    askToken,
    tokenFor,
    call,
    authorizeUrl,
    consentUrl,
    async close() {
      await Promise.all([defender.close(), graph.close(), identity.close()]);
    },
  };
}

/** Posts a form without following the redirect; gives back where it leads and the cookie it sets. */
export async function postForm(url: string, fields: Record<string, string>, cookie = "") {
  const headers = cookie === "" ? {} : { cookie };
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
  const location = response.headers.get("location");
  return {
    status: response.status,
    text: await response.text(),
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
    location: location === null ? undefined : new URL(location, url),
  };
}

async function readReply(pending: Promise<Response>): Promise<JsonReply> {
  const response = await pending;
  const body: unknown = await response.json();
  return { status: response.status, headers: response.headers, body: { ...(body as Record<string, unknown>) } };
}
