import { SECOND } from "../services/domain/instant.ts";

const TICK_EVERY = SECOND;

/** Does the work each second, never beside itself. Gives the stop, which resolves when what runs has ended. */
export function startTicking(work: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work);
  }, TICK_EVERY);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
