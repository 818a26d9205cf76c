import { expect, it } from "vitest";
import type { RoleGrant } from "../../../services/domain/role.ts";
import type { Stores } from "../../../services/ports/all-stores.ts";
import type { WriteOutcome } from "../../../services/ports/stores.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import {
  A,
  at,
  auditRow,
  delivery,
  journey,
  linked,
  move,
  organization,
  ROBIN,
  record,
  START,
  stored,
} from "./store-samples.ts";

/** One of several writers, told apart by a number, that all decided on the same version. */
interface Race {
  write(stores: Stores, writer: number): Promise<WriteOutcome>;
  /** The number of the writer whose value is there now. */
  shown(): Promise<number | undefined>;
}

const WRITERS = 8;
const ALERT_ID = "alert-1";

/** What each store makes of writers that come at the same moment: looking at the version before writing is not enough. */
const RACES: Readonly<Record<string, (stores: Stores) => Promise<Race>>> = {
  "a link": async (stores) => {
    const scope = await linked(stores);
    const read = await stores.links.get(scope);
    if (read === null) throw new Error("The sample is not linked.");
    const { value, etag } = read;
    return {
      write: (on, writer) => on.links.update({ link: { ...value, tenantName: String(writer) }, etag }),
      shown: async () => Number((await stores.links.get(scope))?.value.tenantName),
    };
  },
  "a sync state": async (stores) => {
    const scope = await linked(stores);
    const read = await stores.syncs.get(scope);
    if (read === null) throw new Error("The sample is not linked.");
    const { value, etag } = read;
    return {
      write: (on, writer) => on.syncs.update({ sync: { ...value, failures: writer }, etag }),
      shown: async () => (await stores.syncs.get(scope))?.value.failures,
    };
  },
  "an alert": async (stores) => {
    const scope = await linked(stores);
    const item = record(scope, { id: ALERT_ID });
    const etag = await stored(stores, item);
    return {
      write: (on, writer) => on.alerts.update({ record: { ...item, revision: writer }, etag }),
      shown: async () => (await stores.alerts.get(scope, ALERT_ID))?.value.revision,
    };
  },
  "a page of alerts": async (stores) => {
    const scope = await linked(stores);
    const ids = ["alert-1", "alert-2", "alert-3"];
    const items = ids.map((id) => record(scope, { id }));
    const records = await Promise.all(items.map(async (item) => ({ item, etag: await stored(stores, item) })));
    return {
      write: (on, writer) => {
        const page = records.map(({ item, etag }) => ({ record: { ...item, revision: writer }, etag }));
        return on.alerts.storePage({ scope, records: page });
      },
      shown: async () => {
        const found = await stores.alerts.getMany(scope, ids);
        const revisions = new Set(found.map(({ value }) => value.revision));
        return revisions.size === 1 ? found[0]?.value.revision : Number.NaN;
      },
    };
  },
  "a new page of alerts": async (stores) => {
    const scope = await linked(stores);
    return {
      write: (on, writer) =>
        on.alerts.storePage({
          scope,
          records: ["a1", "a2"].map((id) => ({ record: record(scope, { id }, { revision: writer }), etag: null })),
        }),
      shown: async () => (await stores.alerts.get(scope, "a1"))?.value.revision,
    };
  },
  "a card": async (stores) => {
    const scope = await linked(stores);
    await stored(stores, record(scope, { id: ALERT_ID }));
    const first = await stores.deliveries.put({ delivery: delivery(scope, ALERT_ID), etag: null });
    const etag = first.kind === "stored" ? first.etag : null;
    return {
      write: async (on, writer) =>
        (await on.deliveries.put({ delivery: delivery(scope, ALERT_ID, { shownRevision: writer }), etag })).kind,
      shown: async () => (await stores.deliveries.ofAlert(scope, ALERT_ID))[0]?.value.shownRevision,
    };
  },
  settings: async (stores) => {
    const level = { accountId: A, tenantId: null };
    const settingsOf = (writer: number) => ({
      sources: { value: [String(writer)], setBy: ROBIN, setAt: START },
    });
    await stores.settings.put({ level, settings: settingsOf(0), etag: null, audit: [] });
    const { etag } = await stores.settings.get(level);
    return {
      write: (on, writer) => on.settings.put({ level, settings: settingsOf(writer), etag, audit: [auditRow()] }),
      shown: async () => Number((await stores.settings.get(level)).value.sources?.value[0]),
    };
  },
  "a role": async (stores) => {
    const grantOf = (writer: number): RoleGrant => ({
      accountId: A,
      person: ROBIN,
      role: "analyst",
      grantedBy: ROBIN,
      grantedAt: at(writer),
    });
    await stores.roles.put({ grant: grantOf(0), etag: null, audit: auditRow() });
    const { etag } = await stores.roles.read(A);
    return {
      write: (on, writer) => on.roles.put({ grant: grantOf(writer), etag, audit: auditRow() }),
      shown: async () => {
        const granted = (await stores.roles.get(A, ROBIN.id))?.grantedAt;
        return Array.from({ length: WRITERS }, (_, place) => place + 1).find((writer) => at(writer) === granted);
      },
    };
  },
  "a consent journey": async (stores) => {
    const item = journey();
    await stores.consents.create(item, auditRow());
    const etag = (await stores.consents.get(item.id))?.etag ?? "";
    return {
      write: (on, writer) =>
        on.consents.update({ journey: { ...item, explanation: String(writer) }, etag, audit: auditRow() }),
      shown: async () => Number((await stores.consents.get(item.id))?.value.explanation),
    };
  },
  "a move": async (stores) => {
    const item = move();
    await stores.moves.create({ move: item, audit: auditRow() });
    const etag = (await stores.moves.get(item.id))?.etag ?? "";
    return {
      write: (on, writer) => on.moves.update({ move: { ...item, revision: writer }, etag, audit: auditRow() }),
      shown: async () => (await stores.moves.get(item.id))?.value.revision,
    };
  },
  "the name of an organization": async (stores) => {
    const before = organization();
    await stores.organizations.add(before);
    return {
      write: async (on, writer) => {
        const renamed = await on.organizations.rename({
          before,
          after: { ...before, name: String(writer) },
          audit: auditRow(),
        });
        return renamed.kind === "renamed" ? "stored" : "conflict";
      },
      shown: async () => Number((await stores.organizations.get(A, before.id))?.name),
    };
  },
  "a small value": async (stores) => {
    const key = "turn-1";
    await stores.ephemeral.put({ key, value: "0", etag: null, endsAt: at(9) });
    const etag = (await stores.ephemeral.get(key))?.etag ?? "";
    return {
      write: (on, writer) => on.ephemeral.put({ key, value: String(writer), etag, endsAt: at(9) }),
      shown: async () => Number((await stores.ephemeral.get(key))?.value),
    };
  },
};

export function versionRaceContract(open: OpenStore): void {
  const { stores, opened } = bench(open);

  it.each(Object.entries(RACES))(
    "stores one of many that change %s at once, from one version",
    async (_what, begin) => {
      const other = await opened().second();
      const race = await begin(stores());
      const rowsBefore = (await stores().audit.list({ accountId: A, limit: 99 })).length;
      const writers = Array.from({ length: WRITERS }, (_, place) => place + 1);
      const outcomes = await Promise.all(
        writers.map((writer) => race.write(writer % 2 === 0 ? stores() : other, writer)),
      );
      expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(1);
      expect(await race.shown()).toBe(writers[outcomes.indexOf("stored")]);
      expect((await stores().audit.list({ accountId: A, limit: 99 })).length - rowsBefore).toBeLessThanOrEqual(1);
    },
  );
}
