import { ErrorResponse, RestError, TimeoutError } from "@azure/cosmos";
import { Breakdown } from "../../domain/breakdown.ts";

/** What came of a request that gave no clean answer. */
export type FailureKind =
  /** Cosmos asks to come again later and did nothing: 429 (too many requests), 449 (retry with). */
  | "busy"
  /** It may have been done or not: 408, 410, 5xx, no answer, a connection that broke. */
  | "unknown"
  /** The request is larger than Cosmos takes. */
  | "tooLarge"
  /** It will not be done, and says why. */
  | "refused";

/** https://learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb */
export function failureKind(error: unknown): FailureKind {
  const status = statusOf(error);
  if (status === null) return isConnectionFailure(error) ? "unknown" : "refused";
  if (status === 429 || status === 449) return "busy";
  if (status === 408 || status === 410 || status >= 500) return "unknown";
  return status === 413 ? "tooLarge" : "refused";
}

/** The HTTP status of Cosmos' answer; null where there was none. */
function statusOf(error: unknown): number | null {
  return error instanceof ErrorResponse && typeof error.code === "number" ? error.code : null;
}

/** Whether Cosmos, or what this adapter made of its answer, says that the request is too large. */
export function isTooLarge(error: unknown): boolean {
  return failureKind(error instanceof Breakdown ? error.cause : error) === "tooLarge";
}

/** How long Cosmos asks to wait, in milliseconds; null when it does not say. */
export function waitAsked(error: unknown): number | null {
  return error instanceof ErrorResponse ? (error.retryAfterInMs ?? null) : null;
}

/** A timeout of the client, or an error of the connection below HTTP. */
function isConnectionFailure(error: unknown): boolean {
  return (
    error instanceof TimeoutError ||
    error instanceof RestError ||
    isForeignAnswer(error) ||
    (error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("E"))
  );
}

/** How the client fails on an answer that is no JSON, or empty: of a proxy in between, or of something that is not Cosmos DB. */
function isForeignAnswer(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof TypeError && error.message.includes("reading 'message'"));
}

/** @azure/identity's errors; it found no identity to sign in with, or Entra refused the one it found. */
const IDENTITY_ERRORS: readonly string[] = [
  "CredentialUnavailableError",
  "AuthenticationError",
  "AuthenticationRequiredError",
  "AggregateAuthenticationError",
];

function identityFailure(error: unknown): Breakdown | null {
  if (!(error instanceof Error) || !IDENTITY_ERRORS.includes(error.name)) return null;
  const sentence =
    "No identity signs in to Cosmos DB here: run where the managed identity is, sign in with `az login`, or set COSMOS_KEY.";
  return new Breakdown("store-unavailable", sentence, { detail: error.name, cause: error });
}

/** Sub-status of a 404 whose database or container is missing: "Owner resource does not exist". */
export const OWNER_MISSING = 1003;

function ownerIsMissing(error: unknown): boolean {
  return error instanceof ErrorResponse && error.substatus === OWNER_MISSING;
}

/** What to throw for it, in a sentence for the operator; what is not Cosmos' own error comes back as it is. */
export function storeFailure(error: unknown): unknown {
  if (error instanceof Breakdown) return error;
  const identity = identityFailure(error);
  if (identity !== null) return identity;
  const status = statusOf(error);
  const kind = failureKind(error);
  if (status === null && kind === "refused") return error;
  const retryable = kind === "busy" || kind === "unknown";
  const detail = isForeignAnswer(error) ? "not from Cosmos DB" : status === null ? "no answer" : String(status);
  return new Breakdown("store-unavailable", sentenceOf(error, status), { retryable, detail, cause: error });
}

function sentenceOf(error: unknown, status: number | null): string {
  if (status === 401)
    return "Cosmos DB does not take the credential: set COSMOS_KEY to a read-write key of this account, or leave it out to sign in by managed identity.";
  if (status === 403)
    return "Cosmos DB refuses this credential: give the identity the role “Cosmos DB Built-in Data Contributor” on the account (infra/cosmos.bicep does), and let the account's firewall take this machine.";
  if (ownerIsMissing(error))
    return "The database or the container is not there: run `npm run cosmos:init`, or deploy infra/cosmos.bicep.";
  if (status === 413) return "Cosmos DB takes no item or request of this size (2 MB).";
  if (status === 429)
    return "Cosmos DB is asked for more than its throughput (RU/s) allows: raise it, or let it scale.";
  return isForeignAnswer(error)
    ? "What answers is not Cosmos DB: look at COSMOS_ENDPOINT and at proxies in between."
    : "The store does not answer.";
}
