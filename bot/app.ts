import type { Settings } from "../services/config/settings.ts";
import type { Clock } from "../services/ports/clock.ts";
import type { Log } from "../services/ports/log.ts";
import type { Randomness } from "../services/ports/randomness.ts";
import type { TeamsWindows } from "./teams-windows.ts";

export interface World {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

export interface App {
  /** The port that is listened on. */
  readonly port: number;
  /** The port of the admin server; null where there is none. */
  readonly adminPort: number | null;
  /** Takes up what is due now; production does it each second. */
  tick(): Promise<void>;
  /** Resolves when no job waits or runs. */
  idle(): Promise<void>;
  /** Ends what runs, then closes everything in the reverse order of its making. */
  stop(): Promise<void>;
}

export interface ComposeOptions {
  readonly ticking: boolean;
  /** In the place of Teams' windows, where throughput is measured. */
  readonly windows?: TeamsWindows;
  /** In the place of the 8 seconds that a click may take before it is answered with a word. */
  readonly clickPatienceMs?: number;
}
