import { TimeoutError } from "@azure/cosmos";

/** One request times out after 10 seconds (connect-cosmos.ts); the client may try one in another region after that. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * Ends a read that is not answered with the client's TimeoutError. The client itself repeats reads that time out, and its
 * look-up of the account's regions, up to 120 times, which would hold a caller for twenty minutes.
 */
export async function answerInTime<Answer>(
  read: (abortSignal: AbortSignal) => Promise<Answer>,
  withinMs = ANSWER_WITHIN_MS,
): Promise<Answer> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(`No answer within ${withinMs} ms.`));
      controller.abort();
    }, withinMs);
  });
  try {
    return await Promise.race([read(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
