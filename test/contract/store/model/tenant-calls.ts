import { isDeepStrictEqual } from "node:util";
import type { AlertRecord } from "../../../../services/domain/alert-record.ts";
import type { AuditRow } from "../../../../services/domain/audit.ts";
import type { Delivery } from "../../../../services/domain/delivery.ts";
import type { TenantSync } from "../../../../services/domain/tenant-sync.ts";
import type { DeliveryStore } from "../../../../services/ports/delivery-store.ts";
import type { AlertStore, TenantScope, Versioned, WriteOutcome } from "../../../../services/ports/stores.ts";
import { accepts, kept, readUnder, refuses, replaced } from "./kept.ts";
import { change, readingVersion, type Step, type StoreCall, when, writing } from "./store-call.ts";
import { audited, holdingOf, keyOf, linkOf, put, type StoreState, withHolding } from "./store-state.ts";

const nameOf = ({ accountId, tenantId }: TenantScope) => `${accountId} ${tenantId}`;

const isLeaving = (state: StoreState, scope: TenantScope) => keyOf(scope) in state.leaving;

const syncOf = (state: StoreState, scope: TenantScope) =>
  linkOf(state, scope) === undefined ? undefined : state.syncs[scope.tenantId];

export function getSync(scope: TenantScope): StoreCall<Versioned<TenantSync> | null> {
  return readingVersion(
    `get sync ${nameOf(scope)}`,
    ({ syncs }) => syncs.get(scope),
    (state) => syncOf(state, scope),
    (state, read) => ({ ...state, syncs: put(state.syncs, scope.tenantId, read) }),
  );
}

interface SyncVersion {
  readonly sync: TenantSync;
  readonly etag: string;
}

function syncStored({ sync, etag }: SyncVersion): Step {
  return change(
    (state) => accepts(syncOf(state, sync), etag),
    (state) => ({
      ...state,
      syncs: put(state.syncs, sync.tenantId, replaced(state.syncs[sync.tenantId], sync)),
    }),
  );
}

const syncRefused =
  ({ sync, etag }: SyncVersion) =>
  (state: StoreState) =>
    refuses(syncOf(state, sync), etag);

export function updateSync(version: SyncVersion): StoreCall<WriteOutcome> {
  return writing(
    `update sync ${nameOf(version.sync)} (${version.etag})`,
    ({ syncs }) => syncs.update(version),
    [syncStored(version)],
    syncRefused(version),
  );
}

const alertOf = (state: StoreState, scope: TenantScope, id: string) => holdingOf(state, scope)?.alerts[id];

function withAlert(state: StoreState, record: AlertRecord): StoreState {
  const { id } = record.alert;
  return withHolding(state, record, (holding) => ({
    ...holding,
    alerts: put(holding.alerts, id, replaced(holding.alerts[id], record)),
  }));
}

/**
 * A page: its records at one moment, its sync state at that one or a later one. Where another read of the tenant stored its own
 * sync state between the two, the records stay and the page is told that it was overtaken.
 */
export function storePage(page: Parameters<AlertStore["storePage"]>[0]): StoreCall<WriteOutcome> {
  const { scope, records, sync } = page;
  const fits = (state: StoreState, { record, etag }: (typeof records)[number]) =>
    accepts(alertOf(state, scope, record.alert.id), etag);
  const stored = change(
    (state) => holdingOf(state, scope) !== undefined && records.every((each) => fits(state, each)),
    (state) => records.reduce((next, { record }) => withAlert(next, record), state),
  );
  const refused = when(
    (state) =>
      linkOf(state, scope) === undefined ||
      records.some(({ record, etag }) => refuses(alertOf(state, scope, record.alert.id), etag)) ||
      (sync !== undefined && syncRefused(sync)(state)),
  );
  const begun = sync === undefined ? [] : [when((state) => accepts(syncOf(state, sync.sync), sync.etag)), stored];
  const whole = sync === undefined ? [stored] : [...begun, syncStored(sync)];
  const overtaken = sync === undefined ? [] : [[...begun, when(syncRefused(sync))]];
  const what = records.map(({ record, etag }) => `${record.alert.id} (${etag})`).join(", ");
  return {
    name: `store page ${nameOf(scope)}: ${what}${sync === undefined ? "" : `, sync (${sync.etag})`}`,
    run: ({ alerts }) => alerts.storePage(page),
    ways: (answer) => (answer === "stored" ? [whole] : [[refused], ...overtaken]),
    unanswered: sync === undefined ? [whole] : [whole, begun],
  };
}

export function getAlert(scope: TenantScope, id: string): StoreCall<Versioned<AlertRecord> | null> {
  return readingVersion(
    `get alert ${nameOf(scope)} ${id}`,
    ({ alerts }) => alerts.get(scope, id),
    (state) => alertOf(state, scope, id),
    (state, read) => withHolding(state, scope, (holding) => ({ ...holding, alerts: put(holding.alerts, id, read) })),
    (state) => isLeaving(state, scope),
  );
}

export function updateAlert(input: {
  record: AlertRecord;
  etag: string;
  audit: readonly AuditRow[];
}): StoreCall<WriteOutcome> {
  const { record, etag, audit } = input;
  const there = (state: StoreState) => alertOf(state, record, record.alert.id);
  return writing(
    `update alert ${nameOf(record)} ${record.alert.id} (${etag})`,
    ({ alerts }) => alerts.update(input),
    [
      change(
        (state) => accepts(there(state), etag),
        (state) => audited(withAlert(state, record), audit),
      ),
    ],
    (state) => refuses(there(state), etag) || isLeaving(state, record),
  );
}

const cardKey = ({ alertId, conversationId }: Pick<Delivery, "alertId" | "conversationId">) =>
  `${alertId}/${conversationId}`;

const cardOf = (state: StoreState, delivery: Delivery) => holdingOf(state, delivery)?.deliveries[cardKey(delivery)];

/** The cards of an alert, which go to one conversation here. */
export function cardsOf(scope: TenantScope, alertId: string): StoreCall<readonly Versioned<Delivery>[]> {
  const step =
    (answer: readonly Versioned<Delivery>[]): Step =>
    (state) => {
      const holding = holdingOf(state, scope);
      const known = Object.values(holding?.deliveries ?? {}).find(({ value }) => value.alertId === alertId);
      const [read] = answer;
      if (read === undefined) return known === undefined || isLeaving(state, scope) ? [state] : [];
      if (known === undefined || answer.length > 1 || !isDeepStrictEqual(known.value, read.value)) return [];
      const next = readUnder(known, read.etag);
      if (next === null) return [];
      return [
        withHolding(state, scope, (old) => ({ ...old, deliveries: put(old.deliveries, cardKey(read.value), next) })),
      ];
    };
  return {
    name: `get cards ${nameOf(scope)} ${alertId}`,
    run: ({ deliveries }) => deliveries.ofAlert(scope, alertId),
    ways: (answer) => [[step(answer)]],
    unanswered: [],
  };
}

export function putCard(input: {
  delivery: Delivery;
  etag: string | null;
}): StoreCall<Awaited<ReturnType<DeliveryStore["put"]>>> {
  const { delivery, etag } = input;
  const stored = (tags: readonly string[]) =>
    change(
      (state) => alertOf(state, delivery, delivery.alertId) !== undefined && accepts(cardOf(state, delivery), etag),
      (state) =>
        withHolding(state, delivery, (holding) => {
          const before = holding.deliveries[cardKey(delivery)];
          const card = before === undefined ? kept(delivery, tags) : replaced(before, delivery, tags);
          return { ...holding, deliveries: put(holding.deliveries, cardKey(delivery), card) };
        }),
    );
  const refused = when(
    (state) =>
      alertOf(state, delivery, delivery.alertId) === undefined ||
      isLeaving(state, delivery) ||
      refuses(cardOf(state, delivery), etag),
  );
  return {
    name: `put card ${nameOf(delivery)} ${delivery.alertId} ${delivery.state} (${etag})`,
    run: ({ deliveries }) => deliveries.put(input),
    ways: (answer) => [[answer.kind === "stored" ? stored([answer.etag]) : refused]],
    unanswered: [[stored([])]],
  };
}
