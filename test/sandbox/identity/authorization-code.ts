import { createHash } from "node:crypto";
import type { Answer } from "../answer.ts";
import { jsonAnswer } from "../answer.ts";
import type { AppRegistration } from "../world/app-registration.ts";
import { resources } from "../world/permissions.ts";
import type { IdentityContext } from "./identity-context.ts";
import type { ResolvedTenant } from "./resolve-tenant.ts";
import { tokenError } from "./token-error.ts";
import { tokenLifetimeSeconds } from "./token-issuer.ts";

/** grant_type=authorization_code: a code once, with its PKCE verifier, for an id token. */
export async function grantAuthorizationCode(
  context: IdentityContext,
  request: { app: AppRegistration; tenant: ResolvedTenant; form: URLSearchParams },
): Promise<Answer> {
  const { app, tenant, form } = request;
  const now = context.world.clock.now();
  const redemption = context.codes.redeem(form.get("code") ?? "");
  if (redemption.kind === "unknown")
    return tokenError(now, 9002313, "Invalid request. The code is malformed or invalid.");
  if (redemption.kind === "used") {
    return tokenError(
      now,
      54005,
      "OAuth2 Authorization code was already redeemed, please retry with a new valid code.",
    );
  }
  if (redemption.kind === "expired") {
    return tokenError(now, 70008, "The provided authorization code or refresh token has expired due to inactivity.");
  }
  const { grant } = redemption;
  if (grant.clientId !== app.appId || (tenant.kind === "tenant" && tenant.tenantId !== grant.user.tenantId)) {
    return tokenError(now, 9002313, "The code was issued to another application or tenant.");
  }
  if (form.get("redirect_uri") !== grant.redirectUri) {
    const text = `The reply address '${form.get("redirect_uri")}' does not match the reply address '${grant.redirectUri}' provided when requesting Authorization code.`;
    return tokenError(now, 500112, text);
  }
  const verifier = form.get("code_verifier") ?? "";
  if (createHash("sha256").update(verifier).digest("base64url") !== grant.challenge) {
    const text = "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
    return tokenError(now, 501481, text);
  }
  const { user } = grant;
  const withWids = context.world.widsInIdTokens;
  const clientInfo = Buffer.from(JSON.stringify({ uid: user.objectId, utid: user.tenantId })).toString("base64url");
  return jsonAnswer(200, {
    token_type: "Bearer",
    scope: grant.scope,
    expires_in: tokenLifetimeSeconds,
    ext_expires_in: tokenLifetimeSeconds,
    // The product has no use for it; it carries no roles, so no API takes it for an app's token.
    access_token: await context.issuer.appToken({
      tenantId: user.tenantId,
      appId: app.appId,
      audience: resources.graph.audience,
      roles: [],
      generation: 0,
    }),
    id_token: await context.issuer.idToken({ user, clientId: app.appId, nonce: grant.nonce, withWids }),
    ...(form.get("client_info") === "1" ? { client_info: clientInfo } : {}),
  });
}
