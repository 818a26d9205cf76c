import type { Alert } from "../../../services/domain/alert.ts";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { SECOND } from "../../../services/domain/instant.ts";
import type { AlertSource } from "../../../services/ports/alert-source.ts";
import type { MovedClock } from "../../contract/store/opened-store.ts";
import type { FaultPoints } from "./fault-points.ts";

/** One tenant's Defender in memory: what it holds, what it was asked to change, and the pages that it gives. */
export interface DefenderDouble extends AlertSource {
  readonly alerts: Map<string, Alert>;
  /** What reading gives, in order; a Breakdown is thrown where it stands. */
  pagesToGive: readonly (readonly Alert[] | Breakdown)[];
  /** Windows that were asked for. */
  readonly asked: { changedSince: string; openOnly: boolean }[];
  /** As a person does it in the portal: the alert changes and gets a new time. */
  change(alertId: string, fields: Partial<Alert>): Alert;
  /** The next calls of that name fail so, in order. */
  failNext(call: "get" | "update" | "comment", ...failures: Breakdown[]): void;
}

export function defenderDouble(clock: MovedClock, faults: FaultPoints): DefenderDouble {
  const alerts = new Map<string, Alert>();
  const failures = new Map<string, Breakdown[]>();
  const asked: DefenderDouble["asked"] = [];
  const held = (alertId: string): Alert => {
    const alert = alerts.get(alertId);
    if (alert === undefined) throw new Breakdown("not-found", "no such alert");
    return alert;
  };
  const change = (alertId: string, fields: Partial<Alert>): Alert => {
    clock.advance(SECOND);
    const alert = { ...held(alertId), updatedAt: clock.now(), ...fields };
    alerts.set(alertId, alert);
    return alert;
  };
  const serve = <Value>(call: string, work: () => Value): Promise<Value> =>
    faults.around(`defender.${call}`, async () => {
      const failure = failures.get(call)?.shift();
      if (failure !== undefined) throw failure;
      return work();
    });
  const double: DefenderDouble = {
    alerts,
    asked,
    change,
    pagesToGive: [],
    failNext: (call, ...next) => {
      failures.set(call, [...(failures.get(call) ?? []), ...next]);
    },
    pages: async function* ({ changedSince, openOnly }) {
      asked.push({ changedSince, openOnly });
      for (const page of double.pagesToGive) {
        if (page instanceof Breakdown) throw page;
        yield { alerts: page };
      }
    },
    get: ({ alertId }) => serve("get", () => alerts.get(alertId) ?? null),
    update: ({ alertId, change: { status, assignedTo } }) =>
      serve("update", () =>
        change(alertId, {
          ...(status === undefined ? {} : { status, resolvedAt: status === "resolved" ? clock.now() : null }),
          ...(assignedTo === undefined ? {} : { assignedTo }),
        }),
      ),
    comment: ({ alertId, text }) =>
      serve("comment", () => {
        const comment = { text, by: "Watchdesk", at: clock.now() };
        return change(alertId, { comments: [...held(alertId).comments, comment] }).comments;
      }),
  };
  return double;
}
