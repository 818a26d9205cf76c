import { describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { DAY, MINUTE, shift } from "../../../services/domain/instant.ts";
import type { Job } from "../../../services/domain/job.ts";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { credentialRefused, standingAlarm } from "../../../services/tenants/credential-alarm.ts";
import type { OwnCredential } from "../../../services/tenants/credential-expiry.ts";
import { watchCredentials } from "../../../services/tenants/watch-credentials.ts";

const START = "2026-11-22T14:00:00.000Z";
const refusal = (detail: string, retryable = false) =>
  new Breakdown("credential-failing", "Refused.", { detail, retryable });

async function openWatch() {
  const time = { now: START };
  const clock = { now: () => time.now };
  const stores = await openSqliteStores({ path: ":memory:", clock });
  const told: string[] = [];
  const errors: string[] = [];
  const jobs: Job[] = [];
  const answer: { roles: Breakdown | null; shown: boolean } = { roles: null, shown: true };
  const silent = () => undefined;
  const deps = {
    ephemeral: stores.ephemeral,
    queue: { add: (job: Job) => void jobs.push(job) },
    directory: {
      grantedRoles: async () => {
        if (answer.roles !== null) throw answer.roles;
        return { graph: [], defender: [] };
      },
    },
    accounts: [
      { id: "a", name: "A" },
      { id: "b", name: "B" },
    ],
    ownCredentials: [] as OwnCredential[],
    clock,
    log: { debug: silent, info: silent, warn: silent, error: (sentence: string) => void errors.push(sentence) },
    tellAdmins: async ({ accountId, title }: { accountId: string; title: string }) => {
      told.push(`${accountId}: ${title}`);
      return answer.shown || accountId === "b";
    },
  };
  return {
    deps,
    told,
    errors,
    jobs,
    /** Entra's answer from now on. */
    entra: (roles: Breakdown | null) => {
      answer.roles = roles;
    },
    /** Whether Teams takes what account a is told; b's is always taken. */
    teams: (takes: boolean) => {
      answer.shown = takes;
    },
    pass: async (milliseconds: number) => {
      time.now = shift(time.now, milliseconds);
      await watchCredentials(deps);
    },
    refused: (breakdown: Breakdown, tenantId = "tenant-1") => credentialRefused(deps, { tenantId, breakdown }),
  };
}

describe("watchCredentials", () => {
  it("tells each account once, however many tenants are refused, and asks for one look", async () => {
    const { deps, told, errors, jobs, entra, pass, refused } = await openWatch();
    entra(refusal("AADSTS7000222"));
    for (let at = 0; at < 50; at += 1) await refused(refusal("AADSTS7000222"), `tenant-${at}`);
    expect(jobs).toEqual([{ kind: "watch-credentials" }]);
    expect(await standingAlarm(deps)).toBeNull();
    await pass(0);
    await pass(MINUTE);
    await pass(DAY);
    expect([told.length, errors.length]).toEqual([2, 1]);
    expect(await standingAlarm(deps)).toMatchObject({ detail: "AADSTS7000222", told: ["a", "b"] });
    entra(null);
    await pass(MINUTE);
    expect(told.slice(2)).toEqual(["a: Our own credential works again", "b: Our own credential works again"]);
    expect(await standingAlarm(deps)).toBeNull();
  });

  it("tells an account again to which Teams did not show it, and that one alone", async () => {
    const { deps, told, errors, entra, teams, pass, refused } = await openWatch();
    deps.ownCredentials.push({
      setting: "BOT_APP_PASSWORD",
      kind: "secret",
      expiresAt: shift(START, 7 * DAY - MINUTE),
    });
    teams(false);
    entra(refusal("AADSTS7000222"));
    await refused(refusal("AADSTS7000222"));
    await pass(0);
    await pass(MINUTE);
    teams(true);
    await pass(MINUTE);
    await pass(MINUTE);
    const to = (account: string, words: string) =>
      told.filter((each) => each.startsWith(`${account}: `) && each.includes(words)).length;
    expect([to("a", "refused"), to("b", "refused")]).toEqual([3, 1]);
    expect([to("a", "ends in"), to("b", "ends in")]).toEqual([3, 1]);
    expect(errors).toHaveLength(2);
    expect(await standingAlarm(deps)).toMatchObject({ told: ["b", "a"] });
  });

  it("is silent about a refusal that the next token disproves", async () => {
    const { told, errors, pass, refused } = await openWatch();
    await refused(refusal("AADSTS7000215"));
    await pass(0);
    expect([told, errors]).toEqual([[], []]);
  });

  it("waits for a refused certificate to pass, for 10 minutes", async () => {
    const { told, entra, pass, refused } = await openWatch();
    entra(refusal("AADSTS700027", true));
    await refused(refusal("AADSTS700027", true));
    await pass(9 * MINUTE);
    expect(told).toEqual([]);
    await pass(MINUTE);
    expect(told).toHaveLength(2);
  });

  it("takes another tenant's word where the first one's says nothing of the credential any more", async () => {
    const { deps, told, entra, pass, refused } = await openWatch();
    entra(refusal("AADSTS7000222"));
    await refused(refusal("AADSTS7000222"));
    await pass(0);
    entra(new Breakdown("consent-missing", "x"));
    await pass(MINUTE);
    await pass(MINUTE);
    expect(await standingAlarm(deps)).toMatchObject({ tenantId: null });
    entra(refusal("AADSTS7000222"));
    await refused(refusal("AADSTS7000222"), "tenant-2");
    await pass(MINUTE);
    expect(await standingAlarm(deps)).toMatchObject({ tenantId: "tenant-2" });
    expect(told).toHaveLength(2);
  });

  it("stays while Microsoft does not answer, and ends where nobody is left to be refused", async () => {
    const { deps, entra, pass, refused } = await openWatch();
    entra(refusal("AADSTS7000222"));
    await refused(refusal("AADSTS7000222"));
    await pass(0);
    entra(new Breakdown("not-answering", "x", { retryable: true }));
    await pass(DAY);
    expect(await standingAlarm(deps)).not.toBeNull();
    entra(new Breakdown("consent-missing", "x"));
    await pass(MINUTE);
    expect(await standingAlarm(deps)).toMatchObject({ tenantId: null });
    await pass(30 * MINUTE);
    expect(await standingAlarm(deps)).toBeNull();
  });
});
