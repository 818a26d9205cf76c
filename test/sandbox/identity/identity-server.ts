import { startJsonServer } from "../json-server.ts";
import type { World } from "../world.ts";
import { adminConsentRoutes } from "./admin-consent.ts";
import { authorizeRoutes } from "./authorize.ts";
import { botAudience } from "./client-credentials.ts";
import { CodeBook } from "./code-book.ts";
import { instanceDiscoveryRoute, keysRoute, openIdConfigurationRoute } from "./discovery.ts";
import type { IdentityContext } from "./identity-context.ts";
import type { SandboxKeys } from "./keys.ts";
import { createKeys } from "./keys.ts";
import { Sessions } from "./sessions.ts";
import { tokenRoute } from "./token-endpoint.ts";
import { createTokenIssuer } from "./token-issuer.ts";
import type { TokenVerifier } from "./token-verifier.ts";
import { createTokenVerifier } from "./token-verifier.ts";

export interface IdentityServer {
  url: string;
  verifier: TokenVerifier;
  /** Whether an Authorization header carries the bot's own token for the Bot Connector, not expired. */
  verifyBotToken(authorization: string | undefined): Promise<boolean>;
  unknownRequests: string[];
  close(): Promise<void>;
}

export interface IdentityOptions {
  world: World;
  port?: number;
  /** Default: fresh ones, which take a fifth of a second to make. */
  keys?: SandboxKeys;
}

/** The simulated Microsoft Entra ID, all endpoints under one origin. */
export async function startIdentityServer(options: IdentityOptions): Promise<IdentityServer> {
  const { world } = options;
  const { clock } = world;
  const keys = options.keys ?? (await createKeys());
  let origin = "";
  const issuer = createTokenIssuer({ clock, keys, origin: () => origin });
  const verifier = createTokenVerifier({ clock, keys });
  const codes = new CodeBook(clock);
  const context: IdentityContext = { world, origin: () => origin, keys, issuer, codes, sessions: new Sessions() };
  const server = await startJsonServer({
    routes: [
      openIdConfigurationRoute(context),
      instanceDiscoveryRoute(context),
      keysRoute(context),
      tokenRoute(context),
      ...authorizeRoutes(context),
      ...adminConsentRoutes(context),
    ],
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  origin = server.url;
  return {
    ...server,
    verifier,
    async verifyBotToken(authorization) {
      const verdict = await verifier.verify(authorization, botAudience);
      return verdict.kind === "valid" && verdict.token.appId === world.botApp.appId;
    },
  };
}
