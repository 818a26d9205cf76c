import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import { request } from "undici";
import { z } from "zod";
import type { Clock } from "../services/ports/clock.ts";

export interface GateSettings {
  readonly botAppId: string;
  /** Where the Bot Framework publishes its keys (https://login.botframework.com/v1/.well-known/openidconfiguration). */
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  /** Exact origins that Teams' service URLs may have. */
  readonly serviceOrigins: readonly string[];
  /** Entra tenants whose Teams may use the bot. */
  readonly accountIds: ReadonlySet<string>;
}

export type GateOutcome =
  | { readonly kind: "accepted"; readonly activity: GatedActivity }
  | { readonly kind: "refused"; readonly status: 400 | 401; readonly why: string };

/** What the gate has seen to be there; all else of the activity is still untrusted. */
export type GatedActivity = z.infer<typeof activitySchema>;

const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().min(1).max(400).optional(),
  channelId: z.literal("msteams"),
  serviceUrl: z.string().min(1).max(500),
  conversation: z.looseObject({ id: z.string().min(1).max(500), tenantId: z.string().optional() }),
  from: z.looseObject({ id: z.string().min(1).max(400) }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string() }).optional() }).nullish(),
});

const metadataSchema = z.object({ jwks_uri: z.string().url() });

/**
 * The gate before the SDK (reliability.md fact 3): RS256 by the Bot Framework's keys, its issuer alone, our audience, an
 * `exp`, a service URL that is there, equals the token's and stands on the allowlist, channel msteams, an allowed account.
 * `why` is for our log; the answer to the sender is bare.
 */
export function createActivityGate(settings: GateSettings, clock: Clock) {
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const keySet = () => {
    keys ??= loadKeys(settings.openIdMetadataUrl).catch((cause: unknown) => {
      keys = null;
      throw cause;
    });
    return keys;
  };
  return async (input: { authorization: string | undefined; body: string }): Promise<GateOutcome> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(input.authorization ?? "")?.[1];
    if (token === undefined) return refused(401, "no bearer token");
    let claims: Readonly<Record<string, unknown>>;
    try {
      const verified = await jwtVerify(token, await keySet(), {
        algorithms: ["RS256"],
        issuer: settings.tokenIssuer,
        audience: settings.botAppId,
        requiredClaims: ["exp"],
        clockTolerance: 300,
        currentDate: new Date(clock.now()),
      });
      claims = verified.payload;
    } catch (cause) {
      return refused(401, cause instanceof Error ? cause.message : "token not verified");
    }
    const activity = parseActivity(input.body);
    if (activity === null) return refused(400, "not an activity");
    const why = refusalOf(activity, claims, settings);
    return why === null ? { kind: "accepted", activity } : refused(401, why);
  };
}

function refusalOf(
  activity: GatedActivity,
  claims: Readonly<Record<string, unknown>>,
  settings: GateSettings,
): string | null {
  if (claims.serviceurl !== activity.serviceUrl) return "service URL differs from the token's";
  if (!isAllowedServiceUrl(activity.serviceUrl, settings.serviceOrigins)) return "service URL is not on the allowlist";
  const inChannel = activity.channelData?.tenant?.id.toLowerCase();
  const tenantId = activity.conversation.tenantId?.toLowerCase() ?? inChannel;
  if (tenantId === undefined || !settings.accountIds.has(tenantId)) return "account is not allowed";
  if (inChannel !== undefined && inChannel !== tenantId) return "conversation and channel are of different tenants";
  return null;
}

/** Whether a URL has exactly one of the allowed origins: host, scheme and port equal, no user in it. */
export function isAllowedServiceUrl(serviceUrl: string, origins: readonly string[]): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  return url.username === "" && url.password === "" && origins.includes(url.origin);
}

function parseActivity(body: string): GatedActivity | null {
  try {
    return activitySchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

function refused(status: 400 | 401, why: string): GateOutcome {
  return { kind: "refused", status, why };
}

async function loadKeys(metadataUrl: string): Promise<JWTVerifyGetKey> {
  const answer = await request(metadataUrl, { headersTimeout: 10_000, bodyTimeout: 10_000 });
  const metadata = metadataSchema.parse(await answer.body.json());
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: 10_000 });
}
