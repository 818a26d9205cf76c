import { z } from "zod";
import { aadstsEntry } from "../domain/aadsts-book.ts";
import { Breakdown } from "../domain/breakdown.ts";
import type { JsonAnswer } from "./json-exchange.ts";

const tokenErrorBody = z.object({
  error: z.string().catch(""),
  error_description: z.string().catch(""),
  error_codes: z.array(z.number()).catch([]),
});

/** The token endpoint's error: `error`, and the first AADSTS code it names, null where there is none. */
export function tokenError(body: unknown): { error: string; aadsts: string | null } {
  const parsed = tokenErrorBody.safeParse(body);
  if (!parsed.success) return { error: "", aadsts: null };
  const named = /AADSTS\d+/.exec(parsed.data.error_description)?.[0];
  const numbered = parsed.data.error_codes[0];
  return { error: parsed.data.error, aadsts: named ?? (numbered === undefined ? null : `AADSTS${numbered}`) };
}

/** What a refusal of the token endpoint means; `detail` is the AADSTS code, else the `error` field, else the status. */
export function tokenBreakdown(answer: JsonAnswer): Breakdown {
  const { error, aadsts } = tokenError(answer.body);
  const entry = aadstsEntry(aadsts);
  const detail = aadsts ?? (/^[\w.-]{1,80}$/.test(error) ? error : `HTTP ${answer.status}`);
  if (entry !== null) return new Breakdown(entry.breakdown, entry.sentence, { retryable: entry.retryable, detail });
  switch (error) {
    case "invalid_client":
      // With a code of Entra's that nobody here knows it may be this one tenant's matter: it is shown as it is.
      if (aadsts !== null) break;
      return new Breakdown(
        "credential-failing",
        "Microsoft sign-in does not accept our credential. Whoever runs Watchdesk has to renew it.",
        { detail },
      );
    case "unauthorized_client":
      return new Breakdown("consent-missing", "The tenant does not let the app in.", { detail });
    case "temporarily_unavailable":
    case "server_error":
      return new Breakdown("not-answering", "Microsoft sign-in is failing.", { retryable: true, detail });
  }
  return new Breakdown("refused", "Microsoft sign-in refused to give a token.", { detail });
}
