import { Breakdown } from "../services/domain/breakdown.ts";
import { SECOND } from "../services/domain/instant.ts";
import type { CredentialAlarm } from "../services/tenants/credential-alarm.ts";

export interface ReadinessDeps {
  /** Throws when the store takes no write or gives no read. */
  readonly store: () => Promise<unknown>;
  /** Throws when Entra gives the bot no token. */
  readonly botCredential: () => Promise<unknown>;
  readonly defenderAlarm: () => Promise<CredentialAlarm | null>;
}

/** One thing that the bot needs: well, or why it is not, with the other side's own code where it gave one. */
type Check = { readonly ok: true } | { readonly ok: false; readonly why: string; readonly detail: string | null };

export interface Readiness {
  /** As the public /readyz says it: without store or bot credential nothing can be done. */
  readonly ready: boolean;
  /** The Defender app's credential stands beside them: refused, no tenant is read, while Teams is answered all the same. */
  readonly checks: Readonly<Record<"store" | "botCredential" | "defenderCredential", Check>>;
}

/** Whoever asks is in a hurry. */
const ANSWER_WITHIN = 5 * SECOND;

/** Looks at all that the bot needs, at once; what does not answer in time counts as not well. */
export async function readiness(deps: ReadinessDeps, withinMs = ANSWER_WITHIN): Promise<Readiness> {
  const [store, botCredential, defenderCredential] = await Promise.all([
    checked(deps.store, withinMs),
    checked(deps.botCredential, withinMs),
    checked(() => noAlarm(deps), withinMs),
  ]);
  return { ready: store.ok && botCredential.ok, checks: { store, botCredential, defenderCredential } };
}

async function noAlarm({ defenderAlarm }: Pick<ReadinessDeps, "defenderAlarm">): Promise<void> {
  const alarm = await defenderAlarm();
  if (alarm !== null) throw new Breakdown("credential-failing", alarm.sentence, { detail: alarm.detail });
}

async function checked(check: () => Promise<unknown>, withinMs: number): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, why: `No answer within ${withinMs} ms.`, detail: null }), withinMs);
  });
  const answer = check().then(
    (): Check => ({ ok: true }),
    (cause: unknown): Check =>
      cause instanceof Breakdown
        ? { ok: false, why: cause.message, detail: cause.detail }
        : { ok: false, why: "It broke in a way that nobody expected; the log says more.", detail: null },
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
