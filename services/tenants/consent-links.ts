import { createHash, createHmac, hkdfSync } from "node:crypto";

/** Makes and hashes what consent links and their redirects carry. */
export interface ConsentLinks {
  /** The link id of a journey: an HMAC, so that a card can show the link again while only its hash is stored. */
  idOf(journeyId: string): string;
  /** The whole address that the customer's admin opens. */
  urlOf(journeyId: string): string;
  /** SHA-256, hex: how link ids, states and cookies are kept at rest. */
  hash(value: string): string;
}

/** Consent links under `publicUrl`; whoever knows `secret` can make them, so it is a secret of the process, never a customer's. */
export function createConsentLinks(secret: string, publicUrl: string): ConsentLinks {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "watchdesk consent link 1", 32));
  const base = publicUrl.replace(/\/+$/, "");
  const idOf = (journeyId: string) => createHmac("sha256", key).update(journeyId).digest("base64url");
  return {
    idOf,
    urlOf: (journeyId) => `${base}/consent/start?link=${idOf(journeyId)}`,
    hash: (value) => createHash("sha256").update(value).digest("hex"),
  };
}
