import { writeSync } from "node:fs";
import { openSqliteStores } from "../../../services/store/sqlite/open-sqlite-stores.ts";
import { movedClock } from "./opened-store.ts";
import { at, record, sync } from "./store-samples.ts";
import { alertIds, PAGES_PER_READ } from "./written-pages.ts";

/*
 * The process that sqlite-kill.test.ts kills: reads of several pages each, the watermark with the last page, going on behind
 * the stored watermark. A line on standard output acknowledges each page: "<read> <page>".
 * Arguments: the file, account id, tenant id. It ends by itself after some hundred reads, should nobody kill it.
 */
const [path = "", accountId = "", tenantId = ""] = process.argv.slice(2);
const scope = { accountId, tenantId };
const stores = await openSqliteStores({ path, clock: movedClock() });
const start = await stores.syncs.get(scope);
const first =
  start?.value.watermark === null ? 1 : (Date.parse(start?.value.watermark ?? "") - Date.parse(at(0))) / 60_000 + 1;

for (let read = first; read < first + 500; read += 1) {
  for (let page = 0; page < PAGES_PER_READ; page += 1) {
    const ids = alertIds(read, page);
    const known = new Map((await stores.alerts.getMany(scope, ids)).map((found) => [found.value.alert.id, found.etag]));
    const records = ids.map((id) => ({ record: record(scope, { id }), etag: known.get(id) ?? null }));
    const etag = (await stores.syncs.get(scope))?.etag ?? "";
    const last = page === PAGES_PER_READ - 1 ? { sync: { sync: sync(scope, { watermark: at(read) }), etag } } : {};
    if ((await stores.alerts.storePage({ scope, records, ...last })) === "stored") {
      writeSync(1, `${read} ${page}\n`);
    }
  }
}
await stores.close();
