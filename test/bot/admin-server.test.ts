import { afterEach, describe, expect, it } from "vitest";
import { openAdminServer } from "../../bot/admin-server.ts";
import { type ReadinessDeps, readiness } from "../../bot/readiness.ts";
import { Breakdown } from "../../services/domain/breakdown.ts";
import { createPrometheusMetrics } from "../../services/metrics/prometheus-metrics.ts";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const well: ReadinessDeps = {
  store: async () => undefined,
  botCredential: async () => undefined,
  defenderAlarm: async () => null,
};
const alarm = {
  since: "2026-11-22T14:00:00.000Z",
  refusedAt: "2026-11-22T14:02:00.000Z",
  tenantId: null,
  sentence: "The client secret has ended.",
  detail: "AADSTS7000222",
  mayPass: false,
  told: [],
};
const breaks = (cause: unknown) => () => Promise.reject(cause);

describe("the admin server", () => {
  const metrics = createPrometheusMetrics({ process: true });
  let close = async () => {};
  afterEach(() => close());

  async function open(needs: Partial<ReadinessDeps> = {}) {
    const deps = { readiness: () => readiness({ ...well, ...needs }, 50), metrics, log: silent };
    const server = await openAdminServer(deps, { port: 0, host: "127.0.0.1" });
    close = server.close;
    return (path: string, method = "GET") => fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  }

  it("is not there without a port", async () => {
    const deps = { readiness: () => readiness(well), metrics, log: silent };
    const server = await openAdminServer(deps, { port: null, host: "127.0.0.1" });
    expect(server.port).toBeNull();
    await server.close();
  });

  it("gives the numbers as Prometheus reads them", async () => {
    metrics.storeCharge("write alert", 12.5);
    metrics.storeCharge("write alert", 7.5);
    metrics.storeCharge("read link", 1);
    metrics.jobEnded("sync-tenant", "done");
    metrics.jobEnded("sync-tenant", "failed");
    metrics.teamsAnswered("wait");
    const response = await (await open())("/metrics");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^text\/plain/),
    ]);
    const lines = (await response.text()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'watchdesk_store_request_units_total{operation="write alert"} 20',
        'watchdesk_store_operations_total{operation="write alert"} 2',
        'watchdesk_store_operations_total{operation="read link"} 1',
        'watchdesk_jobs_total{kind="sync-tenant",ending="done"} 1',
        'watchdesk_jobs_total{kind="sync-tenant",ending="failed"} 1',
        'watchdesk_teams_calls_total{outcome="wait"} 1',
        expect.stringMatching(/^nodejs_eventloop_lag_p99_seconds /),
      ]),
    );
  });

  it("counts in a registry of its own, and watches the process only when told to", async () => {
    const { text } = await createPrometheusMetrics({ process: false }).page();
    expect(text).toContain("# TYPE watchdesk_jobs_total counter");
    expect(text).not.toContain("watchdesk_jobs_total{");
    expect(text).not.toContain("nodejs_");
  });

  it("says that all is well", async () => {
    const response = await (await open())("/readyz");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    const ok = { ok: true };
    expect(await response.json()).toEqual({
      ready: true,
      checks: { store: ok, botCredential: ok, defenderCredential: ok },
    });
  });

  it.each([
    {
      what: "a store that does not answer",
      needs: { store: breaks(new Breakdown("store-unavailable", "The store does not answer.", { detail: "503" })) },
      ready: false,
      checks: { store: { ok: false, why: "The store does not answer.", detail: "503" }, botCredential: { ok: true } },
    },
    {
      what: "a bot credential that is refused",
      needs: { botCredential: breaks(new Breakdown("credential-failing", "It ended.", { detail: "AADSTS7000222" })) },
      ready: false,
      checks: { botCredential: { ok: false, why: "It ended.", detail: "AADSTS7000222" } },
    },
    {
      what: "what nobody expected, without its words",
      needs: { store: breaks(new TypeError("secret")) },
      ready: false,
      checks: { store: { ok: false, why: "It broke in a way that nobody expected; the log says more.", detail: null } },
    },
    {
      what: "a check that hangs",
      needs: { store: () => new Promise(() => undefined) },
      ready: false,
      checks: { store: { ok: false, why: "No answer within 50 ms.", detail: null } },
    },
    {
      what: "the Defender app's credential, without calling the bot unready for it",
      needs: { defenderAlarm: async () => alarm },
      ready: true,
      checks: { defenderCredential: { ok: false, why: "The client secret has ended.", detail: "AADSTS7000222" } },
    },
  ])("names $what", async ({ needs, ready, checks }) => {
    const response = await (await open(needs))("/readyz");
    expect(response.status).toBe(ready ? 200 : 503);
    expect(await response.json()).toMatchObject({ ready, checks });
  });

  it.each([
    ["/", "GET", 404],
    ["/healthz", "GET", 404],
    ["/api/messages", "POST", 404],
    ["/metrics", "POST", 405],
  ])("answers %s by %s with a bare %i", async (path, method, status) => {
    const response = await (await open())(path, method);
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });

  it("says which address cannot be had", async () => {
    const deps = { readiness: () => readiness(well), metrics, log: silent };
    const first = await openAdminServer(deps, { port: 0, host: "127.0.0.1" });
    close = first.close;
    await expect(openAdminServer(deps, { port: first.port, host: "127.0.0.1" })).rejects.toMatchObject({
      code: "refused",
      message: `Nothing can listen on 127.0.0.1:${first.port}: another process has it, or it is not this machine's.`,
    });
  });
});
