import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../../bot/app.ts";
import { compose } from "../../bot/compose.ts";
import { createTeamsWindows, type TeamsWindows } from "../../bot/teams-windows.ts";
import { loadSettings } from "../../services/config/settings.ts";
import { systemRandomness } from "../../services/config/system.ts";
import type { Person } from "../../services/domain/person.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { answerParent } from "./child.ts";
import { type Cost, costOf, type Usage, usage } from "./measure.ts";
import { type SeedTenant, seedLinks } from "./seed-links.ts";

/** The composed product in a process of its own, on a clock that is moved, with nothing ticking by itself. */
export interface SubjectInput {
  readonly settings: Readonly<Record<string, string>>;
  readonly tenants: readonly SeedTenant[];
  readonly admin: Person;
  readonly chatId: string;
  readonly serviceUrl: string;
  readonly autoResolve: boolean;
  /** So many more tenants that are linked and never due. */
  readonly quietTenants: number;
}

/** So fast that 1,750 calls take an hour, as they would where the bot posts all it may. */
const WINDOW_STEP_MS = 2_100;

let offset = 0;
let app: App | null = null;
let folder: string | null = null;
let troubles = 0;
const clock = { now: () => new Date(Date.now() + offset).toISOString() };
const trouble = () => {
  troubles += 1;
};
const log = { debug: () => undefined, info: () => undefined, warn: trouble, error: trouble };

/** The bot's own windows do their counting, which is part of what a card costs; what they say is not heeded. */
function windowsThatNeverFill(): TeamsWindows {
  let at = 0;
  const windows = createTeamsWindows({
    now: () => {
      at += WINDOW_STEP_MS;
      return new Date(at).toISOString();
    },
  });
  return {
    ...windows,
    take: (place) => {
      windows.take(place);
      return 0;
    },
  };
}

async function seed(path: string, input: SubjectInput): Promise<void> {
  const stores = await openSqliteStores({ path, clock });
  const accountId = input.settings.BOT_TENANT_ID ?? "";
  const shared = { accountId, by: input.admin, chatId: input.chatId, now: clock.now() };
  await seedLinks(stores, { ...shared, tenants: input.tenants, read: true });
  const quiet = Array.from({ length: input.quietTenants }, (_, order) => ({
    id: `9a1e0000-0000-4000-8000-${String(order).padStart(12, "0")}`,
    name: `Customer ${String(order).padStart(5, "0")}`,
    domain: `customer-${order}.example`,
  }));
  await seedLinks(stores, { ...shared, tenants: quiet, read: false });
  const autoResolve = { value: input.autoResolve, setBy: input.admin, setAt: clock.now() };
  await stores.settings.put({
    level: { accountId, tenantId: null },
    settings: { autoResolve },
    etag: null,
    audit: [],
  });
  await stores.close();
}

const handlers = {
  start: async (input: SubjectInput): Promise<{ botUrl: string }> => {
    folder = await mkdtemp(join(tmpdir(), "watchdesk-bench-"));
    const path = join(folder, "watchdesk.db");
    await seed(path, input);
    const loaded = loadSettings({ ...input.settings, PORT: "0", HOST: "127.0.0.1", SQLITE_PATH: path });
    if (loaded.kind === "problems") throw new Error(loaded.problems.join("\n"));
    app = await compose(
      { settings: loaded.settings, clock, randomness: systemRandomness, log },
      { ticking: false, windows: windowsThatNeverFill() },
    );
    return { botUrl: `http://127.0.0.1:${app.port}/api/messages` };
  },
  moveClock: async (input: { milliseconds: number }): Promise<void> => {
    offset += input.milliseconds;
  },
  /** Takes up what is due and ends when nothing is any more. */
  work: async (): Promise<Cost> =>
    await costOf(async () => {
      await app?.tick();
      await app?.idle();
    }),
  usage: async (): Promise<Usage & { troubles: number }> => ({ ...usage(), troubles }),
  stop: async (): Promise<void> => {
    await app?.stop();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  },
};

export type BenchBot = typeof handlers;
answerParent(handlers);
