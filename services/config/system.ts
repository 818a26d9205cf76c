import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../ports/clock.ts";
import type { Randomness } from "../ports/randomness.ts";

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };

/** The machine's own randomness, fit for secrets. */
export const systemRandomness: Randomness = {
  id: () => randomUUID(),
  secret: () => randomBytes(32).toString("base64url"),
};
