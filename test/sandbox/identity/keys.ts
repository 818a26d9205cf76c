import type { CryptoKey, JWK } from "jose";
import { exportJWK, generateKeyPair } from "jose";

/** The identity server's signing key; the public half is what `jwks_uri` shows. */
export interface SandboxKeys {
  keyId: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
}

/** A fresh RS256 key, so that no token outlives its sandbox. */
export async function createKeys(): Promise<SandboxKeys> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const keyId = "sandbox-identity-1";
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid: keyId, use: "sig", alg: "RS256" };
  return { keyId, privateKey, publicKey, publicJwk };
}
