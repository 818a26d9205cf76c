import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { Agent } from "undici";
import { Breakdown } from "../domain/breakdown.ts";
import type { Clock } from "../ports/clock.ts";
import { apiBreakdown } from "./api-breakdown.ts";
import { exchangeJson, type JsonAnswer, type JsonRequest } from "./json-exchange.ts";

export interface MicrosoftHttp {
  /**
   * Sends and gives back the answer of any status below 500 but 408 and 429. Those, and no whole answer, throw Breakdown
   * (`not-answering`, `throttled`, `unreadable-answer`). A GET is tried again on a 5xx or a broken connection; a write
   * never is, nor is a request that timed out.
   */
  send(request: JsonRequest): Promise<JsonAnswer>;
  /** Breaks open connections off. */
  close(): Promise<void>;
}

interface MicrosoftHttpOptions {
  /** For one attempt; 10 s unless told. */
  readonly timeoutMs?: number;
  /** The most a body may hold; 20 MB unless told. */
  readonly maxBytes?: number;
  /** Before the first retry of a GET, in milliseconds, doubled for the second, with jitter; 200 unless told. */
  readonly retryDelayMs?: number;
}

const GET_RETRIES = 2;
const CONNECTIONS_PER_HOST = 128;

/** The one way to Microsoft's HTTP services. */
export function createMicrosoftHttp(deps: { clock: Clock }, options: MicrosoftHttpOptions = {}): MicrosoftHttp {
  const dispatcher = new Agent({ connections: CONNECTIONS_PER_HOST });
  const limits = { timeoutMs: options.timeoutMs ?? 10_000, maxBytes: options.maxBytes ?? 20 * 1024 * 1024 };
  const retryDelayMs = options.retryDelayMs ?? 200;
  const again = retry(handleWhen(worthAnotherTry), {
    maxAttempts: GET_RETRIES,
    backoff: new ExponentialBackoff({ initialDelay: retryDelayMs, maxDelay: retryDelayMs * 10 }),
  });

  async function once(request: JsonRequest): Promise<JsonAnswer> {
    const answer = await exchangeJson({ dispatcher, limits }, request);
    const failed = answer.status >= 500 || answer.status === 408 || answer.status === 429;
    if (failed) throw apiBreakdown(request.service, answer, deps.clock.now());
    return answer;
  }

  return {
    send: (request) => (request.method === "GET" ? again.execute(() => once(request)) : once(request)),
    close: () => dispatcher.destroy(),
  };
}

/** A server that names its own delay is left alone, and one that let us wait for the whole timeout is not asked again. */
function worthAnotherTry(error: unknown): boolean {
  return (
    error instanceof Breakdown &&
    error.code === "not-answering" &&
    error.detail !== "timeout" &&
    error.retryAfterMs === null
  );
}
