import type { ConsentJourney, ConsentLeg } from "../domain/consent-journey.ts";
import type { Instant } from "../domain/instant.ts";
import type { ConsentLinks } from "./consent-links.ts";
import { consentStage } from "./consent-stage.ts";

/** What an answer from Microsoft brings back with it; both come from the browser and prove nothing alone. */
export interface LegKeys {
  readonly state: string;
  readonly cookie: string | null;
}

/** Whether an answer may be used, and the journey without the leg: a state is used up by whoever brings it, right or wrong. */
export interface LegUse {
  readonly journey: ConsentJourney;
  readonly verdict:
    | { readonly kind: "good"; readonly leg: ConsentLeg }
    | { readonly kind: "bad"; readonly why: "unknown" | "otherKind" | "otherBrowser" | "late" | "ended" };
}

/** Judges the state and cookie that came back: right kind of leg, same browser, in time, journey still open. */
export function useLeg(
  deps: { consentLinks: Pick<ConsentLinks, "hash"> },
  input: { journey: ConsentJourney; kind: ConsentLeg["kind"]; keys: LegKeys; now: Instant },
): LegUse {
  const stateHash = deps.consentLinks.hash(input.keys.state);
  const leg = input.journey.legs.find((item) => item.stateHash === stateHash);
  const journey = { ...input.journey, legs: input.journey.legs.filter((item) => item !== leg) };
  const bad = (why: Extract<LegUse["verdict"], { kind: "bad" }>["why"]): LegUse => ({
    journey,
    verdict: { kind: "bad", why },
  });
  if (leg === undefined) return bad("unknown");
  if (leg.kind !== input.kind) return bad("otherKind");
  if (input.keys.cookie === null || deps.consentLinks.hash(input.keys.cookie) !== leg.cookieHash)
    return bad("otherBrowser");
  if (leg.expiresAt <= input.now) return bad("late");
  if (consentStage(input.journey, input.now) !== "live") return bad("ended");
  return { journey, verdict: { kind: "good", leg } };
}
