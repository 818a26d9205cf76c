import { createThrottle } from "../graph/throttle.ts";
import type { TokenVerifier } from "../identity/token-verifier.ts";
import type { JsonServer } from "../json-server.ts";
import { startJsonServer } from "../json-server.ts";
import type { World } from "../world.ts";
import type { DefenderContext } from "./defender-gate.ts";
import { defenderRoute } from "./defender-gate.ts";
import { getMachineRoute, listMachinesRoute } from "./machines.ts";
import { patchAlertRoute } from "./patch-alert.ts";

export interface DefenderOptions {
  world: World;
  verifier: TokenVerifier;
  port?: number;
  /** Calls per tenant in any minute. Default 100, as documented. */
  limitPerMinute?: number;
}

/** The simulated Defender for Endpoint API. */
export async function startDefenderServer(options: DefenderOptions): Promise<JsonServer> {
  const { world, verifier, limitPerMinute = 100 } = options;
  const throttle = createThrottle({ clock: world.clock, limit: limitPerMinute, windowMs: 60_000 });
  const context: DefenderContext = { world, verifier, throttle };
  const routes = [listMachinesRoute(), getMachineRoute(), patchAlertRoute(context)];
  return startJsonServer({
    routes: routes.map((route) => defenderRoute(context, route)),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}
