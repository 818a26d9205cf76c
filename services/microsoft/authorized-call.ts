import { apiError } from "./api-breakdown.ts";
import type { AppTokens, Resource } from "./app-tokens.ts";
import type { JsonAnswer, JsonRequest } from "./json-exchange.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";

/**
 * Sends with the app's token for that tenant. A 401 is tried once more with a new token (nothing was done, so writes
 * too); a 403 drops the token, whose roles may be older than the consent. Gives back any status that
 * MicrosoftHttp.send does; throws as it and AppTokens do.
 */
export async function authorizedCall(
  deps: { tokens: AppTokens; http: MicrosoftHttp },
  input: { tenantId: string; resource: Resource; request: JsonRequest },
): Promise<JsonAnswer> {
  const { tenantId, resource, request } = input;
  const send = async (fresh: boolean) => {
    const token = await deps.tokens.appToken({ tenantId, resource, fresh });
    return deps.http.send({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
  };
  const first = await send(false);
  const answer = first.status === 401 ? await send(true) : first;
  const rejected = answer.status === 401;
  const rolesMissing = answer.status === 403 && namesMissingRoles(answer.body);
  if (rejected || rolesMissing) deps.tokens.dropToken({ tenantId, resource });
  return answer;
}

/** Whether a 403 says that the token lacks roles (Defender: "Missing application roles", Graph: "Missing scope ..."). */
export function namesMissingRoles(body: unknown): boolean {
  const { code, message } = apiError(body);
  return (
    code === "Authorization_RequestDenied" || /missing (application )?(roles?|scopes?|permissions?)/i.test(message)
  );
}
