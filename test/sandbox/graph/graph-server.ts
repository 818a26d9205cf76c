import type { TokenVerifier } from "../identity/token-verifier.ts";
import type { JsonServer } from "../json-server.ts";
import { startJsonServer } from "../json-server.ts";
import type { World } from "../world.ts";
import { getAlertRoute } from "./get-alert.ts";
import type { GraphContext } from "./graph-context.ts";
import { gatedRoute } from "./graph-gate.ts";
import { listAlertsRoute } from "./list-alerts.ts";
import { organizationRoute } from "./organization.ts";
import { postCommentRoute } from "./post-comment.ts";
import { createThrottle } from "./throttle.ts";
import { updateAlertRoute } from "./update-alert.ts";

export interface GraphOptions {
  world: World;
  verifier: TokenVerifier;
  port?: number;
  /** Alerts on a page when the caller does not say. Default 100. */
  pageSize?: number;
  /** Alert operations per app and tenant in any minute. Default 150, as documented. */
  limitPerMinute?: number;
}

/** The simulated Microsoft Graph. */
export async function startGraphServer(options: GraphOptions): Promise<JsonServer> {
  const { world, verifier, pageSize = 100, limitPerMinute = 150 } = options;
  let origin = "";
  const context: GraphContext = {
    world,
    verifier,
    pageSize,
    origin: () => origin,
    throttle: createThrottle({ clock: world.clock, limit: limitPerMinute, windowMs: 60_000 }),
  };
  const routes = [
    organizationRoute(),
    listAlertsRoute(context),
    getAlertRoute(context),
    updateAlertRoute(context),
    postCommentRoute(context),
  ].map((route) => gatedRoute(context, route));
  const server = await startJsonServer({ routes, ...(options.port === undefined ? {} : { port: options.port }) });
  origin = server.url;
  return server;
}
