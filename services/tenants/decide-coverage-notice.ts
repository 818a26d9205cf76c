import { isProven, provenFor, STEADY, watchOf } from "../domain/coverage-watch.ts";
import { elapsed, type Instant, MINUTE, SECOND, shift } from "../domain/instant.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { TenantSync, ToldOutage } from "../domain/tenant-sync.ts";

/** What there is to tell the admins of a tenant, and if nothing, why. */
export type CoverageDecision =
  /** An outage they do not know of: a state that somebody has to mend, or that it is not proven read. */
  | { readonly kind: "tell"; readonly about: ToldOutage["about"] }
  /** The outage they were told of is over. */
  | { readonly kind: "over" }
  /** Nothing now; it is looked at again then, or after the next complete read. */
  | { readonly kind: "later"; readonly reason: LaterReason; readonly lookAt: Instant | null }
  /** Unproven, but it has not had its chance to be read: it stays due. */
  | { readonly kind: "wait"; readonly reason: WaitReason };

export type LaterReason = "paused" | "proven" | "toldAlready" | "notSteady" | "notMended";
export type WaitReason = "credentialRefused" | "justBack" | "notTriedYet" | "beingRead";

export interface CoverageInput {
  readonly link: TenantLink;
  readonly sync: TenantSync;
  readonly now: Instant;
  readonly intervalMs: number;
  /** Since when Watchdesk has been reading without a gap of its own. */
  readonly watchingSince: Instant;
  /** Entra refuses our own credential: that is one alarm, not each tenant's outage. */
  readonly credentialRefused: boolean;
}

/** After a gap of ours every tenant is tried within the longest pause between two reads (10 minutes), and some time for all of them. */
const CATCH_UP = 15 * MINUTE;
/** A read that fell due so shortly before may be about to succeed. */
const BEING_READ = 30 * SECOND;

/** Decides whether the admins have something to hear of a tenant; what they know already is in its watch. */
export function decideCoverageNotice(input: CoverageInput): CoverageDecision {
  const { link, sync, now, intervalMs } = input;
  if (link.state === "paused") return { kind: "later", reason: "paused", lookAt: null };
  const { outage } = watchOf(sync);
  const proven = isProven(sync, now, intervalMs);
  if (outage !== null) {
    const readSince = (sync.watermark ?? "") > outage.toldAt;
    return readSince ? afterOutage(input, outage, proven) : { kind: "later", reason: "toldAlready", lookAt: null };
  }
  if (needsSomebody(link)) return { kind: "tell", about: "state" };
  return proven ? whileProven("proven", input) : unproven(input);
}

/** A trouble that does not pass by itself is told at once; one that may pass is told when the tenant is unproven for it. */
export function needsSomebody(link: TenantLink): boolean {
  return link.state !== "connected" && link.state !== "paused" && link.trouble?.mender !== "nobody";
}

/** Complete reads came after it was told. */
function afterOutage(input: CoverageInput, outage: ToldOutage, proven: boolean): CoverageDecision {
  const mended = outage.about === "coverage" || input.link.state === "connected";
  // What was told did not keep it from being read; now something does.
  if (!proven && !mended) return unproven(input);
  if (!proven) return { kind: "later", reason: "toldAlready", lookAt: null };
  if (!mended) return whileProven("notMended", input);
  const steadyAt = shift(outage.provenSince ?? input.now, STEADY);
  if (outage.flapping && steadyAt > input.now) return { kind: "later", reason: "notSteady", lookAt: steadyAt };
  return { kind: "over" };
}

function whileProven(reason: "proven" | "notMended", { sync, intervalMs, now }: CoverageInput): CoverageDecision {
  return { kind: "later", reason, lookAt: shift(sync.watermark ?? now, provenFor(intervalMs)) };
}

function unproven({ link, sync, now, ...input }: CoverageInput): CoverageDecision {
  const since = sync.watermark ?? link.linkedAt;
  const provenUntil = shift(since, provenFor(input.intervalMs));
  if (provenUntil > now) return { kind: "later", reason: "proven", lookAt: provenUntil };
  if (input.credentialRefused) return { kind: "wait", reason: "credentialRefused" };
  const watched = elapsed(input.watchingSince, now);
  if (watched < provenFor(input.intervalMs)) return { kind: "wait", reason: "justBack" };
  const tried = (sync.lastTriedAt ?? "") >= input.watchingSince;
  if (!tried && watched < CATCH_UP) return { kind: "wait", reason: "notTriedYet" };
  const dueFor = elapsed(sync.nextSyncAt, now);
  if (dueFor >= 0 && dueFor < BEING_READ) return { kind: "wait", reason: "beingRead" };
  return { kind: "tell", about: "coverage" };
}
