/** Ids and secrets. Handed in everywhere, so that tests can foresee ids. */
export interface Randomness {
  /** A new id, unique over all time; not secret. */
  id(): string;
  /** 256 random bits, base64url; for links, states, nonces, verifiers and cookies. */
  secret(): string;
}
