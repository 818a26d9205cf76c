import type { World } from "../world.ts";
import { isTokenErrorCode, tokenErrorBody } from "./token-error.ts";

/**
 * From now on the token endpoint refuses one tenant (or "*", every one) with that code of Entra's, such as
 * "AADSTS700016"; what it gives back ends that. A code that the sandbox does not know is a mistake of the test.
 */
export function refuseTokens(world: World, input: { tenantId: string; code: string }): () => void {
  const number = Number(/^AADSTS(\d+)$/.exec(input.code)?.[1] ?? Number.NaN);
  if (!isTokenErrorCode(number)) throw new Error(`The sandbox does not know how Entra refuses with ${input.code}.`);
  const { status, body } = tokenErrorBody(world.clock.now(), number, "Played by the sandbox.");
  return world.fault({
    api: "identity",
    tenantId: input.tenantId,
    method: "POST",
    path: /\/oauth2\/v2\.0\/token$/,
    fault: { kind: "status", status, body },
  });
}
