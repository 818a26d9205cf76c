import { Counter, collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics, WorkMetrics } from "../ports/metrics.ts";

export interface PrometheusMetrics extends Metrics, WorkMetrics {
  /** All of it as Prometheus reads it, with the content type to send. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/**
 * Counts in a registry of its own. With `process` also memory, CPU time, the event loop's delay and garbage collection, which
 * are watched from then on and cost a little.
 */
export function createPrometheusMetrics(options: { process: boolean }): PrometheusMetrics {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const operations = counter("watchdesk_store_operations_total", "Operations of the store, each answer counted.", [
    "operation",
  ]);
  const requestUnits = counter("watchdesk_store_request_units_total", "Request units that Cosmos DB charged.", [
    "operation",
  ]);
  const jobs = counter("watchdesk_jobs_total", "Jobs by kind and how they ended; failed wants a person.", [
    "kind",
    "ending",
  ]);
  const calls = counter("watchdesk_teams_calls_total", "Calls to Teams by what became of them.", ["outcome"]);
  if (options.process) collectDefaultMetrics({ register: registry });
  return {
    storeCharge: (operation, charged) => {
      operations.inc({ operation });
      requestUnits.inc({ operation }, charged);
    },
    jobEnded: (kind, ending) => jobs.inc({ kind, ending }),
    teamsAnswered: (outcome) => calls.inc({ outcome }),
    page: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
