import type { TokenVerifier } from "../identity/token-verifier.ts";
import type { SandboxRequest } from "../json-server.ts";
import type { CustomerTenant } from "../world/customer-tenant.ts";
import type { World } from "../world.ts";
import type { Throttle } from "./throttle.ts";

export interface GraphContext {
  world: World;
  verifier: TokenVerifier;
  origin: () => string;
  pageSize: number;
  throttle: Throttle;
}

/** A request that has passed the gate: whose tenant it is about. */
export interface GraphCall {
  request: SandboxRequest;
  tenant: CustomerTenant;
}
