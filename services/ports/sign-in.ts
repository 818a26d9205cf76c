/** Who signed in at Microsoft, from a validated id_token (signature, issuer, audience, nonce, expiry checked). */
export interface SignedIn {
  readonly tenantId: string;
  readonly objectId: string;
  /** For reading only; mutable and never used to decide. */
  readonly signInName: string | null;
  /** True when the person is a guest in this tenant (`idp` differs from `iss`). */
  readonly guest: boolean;
  /** Directory role template ids (`wids`); null when the token does not carry them. */
  readonly directoryRoles: readonly string[] | null;
}

export type SignInResult =
  | { readonly kind: "signedIn"; readonly who: SignedIn }
  /** Microsoft refused the code, or the token did not hold what it must: nothing is known about the person. */
  | { readonly kind: "refused"; readonly detail: string };

/** OpenID Connect sign-in and the admin consent prompt (microsoft.md section 2). */
export interface SignIn {
  /**
   * Microsoft's sign-in address (code + PKCE S256 + nonce, prompt=select_account), for one tenant or any organization; the
   * domain, where it is known, is the `domain_hint`.
   */
  signInUrl(input: {
    state: string;
    nonce: string;
    codeVerifier: string;
    expected: { tenantId: string; domain: string | null } | null;
  }): string;
  /** Redeems the code once and validates the id_token; throws Breakdown where Microsoft does not answer or our credential fails. */
  redeem(input: { code: string; nonce: string; codeVerifier: string }): Promise<SignInResult>;
  /** Microsoft's consent prompt for exactly this tenant. */
  adminConsentUrl(input: { tenantId: string; state: string }): string;
}
