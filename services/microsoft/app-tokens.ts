import { ConfidentialClientApplication, type INetworkModule, type NodeAuthOptions } from "@azure/msal-node";
import { decodeJwt } from "jose";
import { LRUCache } from "lru-cache";
import { Breakdown } from "../domain/breakdown.ts";
import { type Instant, MINUTE, shift } from "../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import { type AppRegistration, certificateParts } from "./app-registration.ts";
import type { CloudEndpoints } from "./cloud.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { breakdownFromMsal, createMsalNetwork } from "./msal-network.ts";

export type Resource = "graph" | "defender" | "bot";

interface TokenWanted {
  readonly tenantId: string;
  readonly resource: Resource;
}

export interface AppTokens {
  /**
   * A token of the app for one resource in one tenant, from memory while it lasts; with `fresh`, newly issued. Throws
   * Breakdown: consent-missing, tenant-unknown, credential-failing, defender-not-available (`detail` holds the AADSTS
   * code), throttled, not-answering, unreadable-answer.
   */
  appToken(input: TokenWanted & { fresh?: boolean }): Promise<string>;
  /** The next `appToken` is newly issued: after a 401, and after a 403 that misses roles, which are fixed in a token. */
  dropToken(input: TokenWanted): void;
}

interface TenantApp {
  readonly msal: ConfidentialClientApplication;
  /** When, by our clock, the token in memory must be replaced; none kept means that nothing usable is there. */
  readonly usableUntil: Map<Resource, Instant>;
}

/** How long before its end a token is replaced. */
const MARGIN = 5 * MINUTE;
const TENANTS_IN_MEMORY = 20_000;

/** App tokens of one registration (client credentials). One MSAL application a tenant, for one shared by all grows slow. */
export function createAppTokens(
  deps: { clock: Clock; http: MicrosoftHttp; endpoints: CloudEndpoints },
  registration: AppRegistration,
): AppTokens {
  const { clock, endpoints } = deps;
  const networkClient = createMsalNetwork(deps);
  const auth = authOptions(registration);
  const apps = new LRUCache<string, TenantApp>({ max: TENANTS_IN_MEMORY });
  const scopes: Readonly<Record<Resource, string>> = {
    graph: endpoints.graphScope,
    defender: endpoints.defenderScope,
    bot: endpoints.botScope,
  };

  function appOf(tenantId: string): TenantApp {
    const known = apps.get(tenantId);
    if (known !== undefined) return known;
    const authority = `${endpoints.loginAuthority}/${tenantId}`;
    const app = { msal: newMsal({ ...auth, authority }, networkClient), usableUntil: new Map<Resource, Instant>() };
    apps.set(tenantId, app);
    return app;
  }

  return {
    async appToken({ tenantId, resource, fresh = false }) {
      const app = appOf(tenantId);
      const usableUntil = app.usableUntil.get(resource);
      const known = usableUntil !== undefined;
      const skipCache = fresh || (known && usableUntil <= clock.now());
      try {
        const result = await app.msal.acquireTokenByClientCredential({ scopes: [scopes[resource]], skipCache });
        if (result === null) throw new Breakdown("unreadable-answer", "Microsoft sign-in gave no token.");
        if (!known || !result.fromCache)
          app.usableUntil.set(resource, shift(endOf(result.accessToken, clock), -MARGIN));
        return result.accessToken;
      } catch (error) {
        throw error instanceof Breakdown ? error : breakdownFromMsal(error);
      }
    },
    dropToken({ tenantId, resource }) {
      // In the past: whatever MSAL holds is skipped next time.
      apps.get(tenantId)?.usableUntil.set(resource, shift(clock.now(), -MARGIN));
    },
  };
}

function newMsal(auth: NodeAuthOptions, networkClient: INetworkModule): ConfidentialClientApplication {
  return new ConfidentialClientApplication({ auth, system: { networkClient, disableInternalRetries: true } });
}

function authOptions({ appId, credential }: AppRegistration): NodeAuthOptions {
  if (credential.kind === "secret") return { clientId: appId, clientSecret: credential.secret.reveal() };
  const { thumbprintSha256, key } = certificateParts(credential.pem);
  const privateKey = key.export({ type: "pkcs8", format: "pem" }).toString();
  return { clientId: appId, clientCertificate: { thumbprintSha256, privateKey } };
}

/** MSAL counts by the machine's clock; ours may be moved, so the token's own end decides. */
function endOf(token: string, clock: Clock): Instant {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? shift(clock.now(), 30 * MINUTE) : new Date(exp * 1000).toISOString();
  } catch {
    return shift(clock.now(), 30 * MINUTE);
  }
}
