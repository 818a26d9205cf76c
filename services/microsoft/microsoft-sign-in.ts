import { createHash } from "node:crypto";
import { z } from "zod";
import { Breakdown } from "../domain/breakdown.ts";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { SignIn } from "../ports/sign-in.ts";
import type { AppRegistration } from "./app-registration.ts";
import { clientAuthentication } from "./client-authentication.ts";
import type { CloudEndpoints } from "./cloud.ts";
import { verifyIdToken } from "./id-token.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { tokenBreakdown, tokenError } from "./token-breakdown.ts";

interface MicrosoftSignInDeps {
  readonly http: MicrosoftHttp;
  readonly endpoints: CloudEndpoints;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Any work or school account; personal accounts are refused once more by their tenant. */
const ANY_ORGANIZATION = "organizations";
const TOKEN_PATH = `/${ANY_ORGANIZATION}/oauth2/v2.0/token`;
const SCOPE = "openid profile";

const tokensSchema = z.object({ id_token: z.string() });

/** SignIn on the Microsoft identity platform v2.0; the redirect addresses lie under `publicUrl` (no trailing slash). */
export function createMicrosoftSignIn(
  deps: MicrosoftSignInDeps,
  input: { registration: AppRegistration; publicUrl: string },
): SignIn {
  const { http, endpoints } = deps;
  const { registration, publicUrl } = input;
  const { appId } = registration;
  const signedInUri = `${publicUrl}/consent/signed-in`;
  const callbackUri = `${publicUrl}/consent/callback`;

  return {
    signInUrl({ state, nonce, codeVerifier, expected }) {
      const query = new URLSearchParams({
        client_id: appId,
        response_type: "code",
        redirect_uri: signedInUri,
        response_mode: "query",
        scope: SCOPE,
        state,
        nonce,
        code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
        code_challenge_method: "S256",
        prompt: "select_account",
      });
      const domain = expected?.domain ?? null;
      if (domain !== null) query.set("domain_hint", domain);
      const tenant = encodeURIComponent(expected?.tenantId ?? ANY_ORGANIZATION);
      return `${endpoints.login}/${tenant}/oauth2/v2.0/authorize?${query}`;
    },

    async redeem({ code, nonce, codeVerifier }) {
      const audience = `${endpoints.loginAuthority}${TOKEN_PATH}`;
      const form = new URLSearchParams({
        ...(await clientAuthentication(deps, { registration, audience })),
        grant_type: "authorization_code",
        code,
        redirect_uri: signedInUri,
        code_verifier: codeVerifier,
        scope: SCOPE,
      });
      const answer = await http.send({
        service: "Microsoft sign-in",
        method: "POST",
        url: `${endpoints.login}${TOKEN_PATH}`,
        form: form.toString(),
      });
      if (answer.status !== 200) {
        const breakdown = tokenBreakdown(answer);
        const { error } = tokenError(answer.body);
        // What speaks of the code or the person is an outcome; what speaks of us or of Microsoft is a breakdown.
        const outcome =
          error === "invalid_grant" || breakdown.code === "refused" || breakdown.code === "consent-missing";
        if (outcome) return { kind: "refused", detail: breakdown.detail ?? error };
        throw breakdown;
      }
      const tokens = tokensSchema.safeParse(answer.body);
      if (!tokens.success) {
        throw new Breakdown("unreadable-answer", "Microsoft sign-in gave no id token.", { retryable: true });
      }
      return verifyIdToken(deps, { idToken: tokens.data.id_token, appId, nonce });
    },

    adminConsentUrl({ tenantId, state }) {
      const query = new URLSearchParams({ client_id: appId, redirect_uri: callbackUri, state });
      return `${endpoints.login}/${encodeURIComponent(tenantId)}/adminconsent?${query}`;
    },
  };
}
