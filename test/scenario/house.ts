import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../../bot/app.ts";
import { compose } from "../../bot/compose.ts";
import { loadSettings } from "../../services/config/settings.ts";
import { systemRandomness } from "../../services/config/system.ts";
import type { Log, LogFields } from "../../services/ports/log.ts";
import { type ChosenStore, chooseStore, type StoreKind } from "../sandbox/chosen-store.ts";
import { createKeys } from "../sandbox/identity/keys.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { World } from "../sandbox/world.ts";

/** One key pair for all houses of a test file: making one takes a while. */
const keys = await createKeys();

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly sentence: string;
  readonly fields: LogFields;
  readonly cause: unknown;
}

/** The composed product with the whole sandbox around it, over HTTP with authentication on, on a clock that is moved. */
export interface House {
  readonly sandbox: Sandbox;
  readonly world: World;
  readonly publicUrl: string;
  readonly settings: Record<string, string>;
  readonly store: ChosenStore;
  readonly logged: LogLine[];
  /** What the clock shows. */
  now(): Date;
  /** Moves the clock on and takes up what is due then, until nothing is due any more. */
  pass(milliseconds: number): Promise<void>;
  /** Takes up what is due now, until nothing is. */
  settle(): Promise<void>;
  /** Moves the clock in steps until `reached`; fails by name after `atMost` milliseconds of it. */
  until(what: string, reached: () => Promise<boolean> | boolean, atMost?: number): Promise<void>;
  /** Ends the bot and starts it again on the same database. */
  restart(): Promise<void>;
  /** Only ends the bot; what it was doing ends too. */
  stopBot(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly rolesLagSeconds?: number;
  readonly clickPatienceMs?: number;
  readonly settings?: Readonly<Record<string, string>>;
  /** Which store the bot keeps its data in; the one that the run is for unless told. */
  readonly store?: StoreKind;
}

/** `npm test` tells the stories on both: the second project of vitest.config.ts sets this. */
const STORE: StoreKind = process.env.WATCHDESK_TEST_STORE === "cosmos" ? "cosmos" : "sqlite";

const ROUNDS = 40;

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { clickPatienceMs } = options;
  let offset = 0;
  const now = () => new Date(Date.now() + offset);
  const world = new World({ clock: { now } });
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    world,
    keys,
    publicUrl,
    ...(options.rolesLagSeconds === undefined ? {} : { rolesLagSeconds: options.rolesLagSeconds }),
  });
  const folder = await mkdtemp(join(tmpdir(), "watchdesk-"));
  const accountIds = [world.account.tenantId];
  const store = await chooseStore(options.store ?? STORE, { folder, accountIds, now });
  const settings = {
    ...sandbox.settings(),
    PORT: String(port),
    HOST: "127.0.0.1",
    ...store.settings,
    ...options.settings,
  };
  const logged: LogLine[] = [];
  const start = async (): Promise<App> => {
    const loaded = loadSettings(settings);
    if (loaded.kind === "problems") throw new Error(loaded.problems.join("\n"));
    const clock = { now: () => now().toISOString() };
    return await compose(
      { settings: loaded.settings, clock, randomness: systemRandomness, log: recorder(logged) },
      { ticking: false, ...(clickPatienceMs === undefined ? {} : { clickPatienceMs }) },
    );
  };
  let app: App | null = await start();
  sandbox.teams.connectBot(`${publicUrl}/api/messages`);

  const settle = async () => {
    for (let round = 0; round < 3; round += 1) {
      await app?.tick();
      await app?.idle();
    }
  };
  const pass = async (milliseconds: number) => {
    offset += milliseconds;
    await settle();
  };
  const stopBot = async () => {
    const stopping = app;
    app = null;
    await stopping?.stop();
  };
  return {
    sandbox,
    world,
    publicUrl,
    settings,
    store,
    logged,
    now,
    pass,
    settle,
    until: async (what, reached, atMost = 120_000) => {
      for (let round = 0; round <= ROUNDS; round += 1) {
        if (await reached()) return;
        await pass(atMost / ROUNDS);
      }
      const last = logged.slice(-8).map(({ sentence, fields }) => `${sentence} ${JSON.stringify(fields)}`);
      throw new Error(`Within ${atMost} ms of the moved clock this did not come about: ${what}\n${last.join("\n")}`);
    },
    restart: async () => {
      await stopBot();
      app = await start();
    },
    stopBot,
    close: async () => {
      await stopBot();
      await sandbox.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function recorder(lines: LogLine[]): Log {
  const at =
    (level: LogLine["level"]) =>
    (sentence: string, fields: LogFields = {}, cause: unknown = undefined) => {
      lines.push({ level, sentence, fields, cause });
    };
  return { debug: () => undefined, info: at("info"), warn: at("warn"), error: at("error") };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string" ? reject(new Error("no port")) : resolve(address.port),
      );
    });
  });
}
