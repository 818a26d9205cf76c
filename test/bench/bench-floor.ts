import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { request } from "undici";
import type { SubjectInput } from "./bench-bot.ts";
import { answerParent } from "./child.ts";
import { type Cost, costOf, type Usage, usage } from "./measure.ts";

/**
 * The least that gets the same alerts to the same chat: fetch, parse, insert, a hand-made card, a post; with auto-resolve
 * two writes to Graph as well. No policy, no retry, no audit, no edit, nothing checked, nothing safe against a crash.
 */
interface FloorAlert {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly description: string;
  readonly alertWebUrl: string;
  readonly createdDateTime: string;
}

const IN_FLIGHT = 12;

let offset = 0;
let since = "";
let given: SubjectInput | null = null;
let folder: string | null = null;
let database: DatabaseSync | null = null;

const now = () => new Date(Date.now() + offset).toISOString();

async function exchange(method: "GET" | "POST" | "PATCH", url: string, token: string, body?: unknown) {
  const answer = await request(url, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} was answered with ${answer.statusCode}.`);
  return JSON.parse(text);
}

async function token(input: { tenantId: string; appId: string; secret: string; scope: string }): Promise<string> {
  const answer = await request(`${given?.settings.LOGIN_URL}/${input.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: input.appId,
      client_secret: input.secret,
      scope: input.scope,
    }).toString(),
  });
  const parsed = (await answer.body.json()) as { access_token: string };
  return parsed.access_token;
}

function cardOf(alert: FloorAlert, organization: string) {
  const text = (words: string) => ({ type: "TextBlock", text: words, wrap: true });
  const card = {
    type: "AdaptiveCard",
    version: "1.5",
    body: [
      text(`${alert.severity} · ${organization} · ${alert.status}`),
      { ...text(alert.title), weight: "Bolder" },
      text(alert.description.slice(0, 160)),
      { type: "FactSet", facts: [{ title: "First seen", value: alert.createdDateTime }] },
    ],
    actions: [
      { type: "Action.Execute", title: "Claim", verb: "alert.claim", data: { alertId: alert.id } },
      { type: "Action.OpenUrl", title: "Open in Defender", url: alert.alertWebUrl },
    ],
  };
  return {
    type: "message",
    summary: `${alert.severity} · ${organization} · ${alert.title}`,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
  };
}

async function round(input: SubjectInput, store: DatabaseSync): Promise<void> {
  const { settings } = input;
  const startedAt = now();
  const insert = store.prepare("INSERT OR IGNORE INTO alerts VALUES (?, ?, ?)");
  const posted = store.prepare("UPDATE alerts SET activity = ? WHERE id = ?");
  const connector = await token({
    tenantId: settings.BOT_TENANT_ID ?? "",
    appId: settings.BOT_APP_ID ?? "",
    secret: settings.BOT_APP_PASSWORD ?? "",
    scope: "https://api.botframework.com/.default",
  });
  const postTo = `${input.serviceUrl}v3/conversations/${encodeURIComponent(input.chatId)}/activities`;
  const list = `${settings.GRAPH_URL}/v1.0/security/alerts_v2`;
  const work: (() => Promise<void>)[] = [];
  for (const tenant of input.tenants) {
    const graph = await token({
      tenantId: tenant.id,
      appId: settings.DEFENDER_APP_ID ?? "",
      secret: settings.DEFENDER_APP_SECRET ?? "",
      scope: "https://graph.microsoft.com/.default",
    });
    const query = new URLSearchParams({ $filter: `lastUpdateDateTime ge ${since}`, $top: "100" });
    let url: string | undefined = `${list}?${query}`;
    while (url !== undefined) {
      const page: { value: FloorAlert[]; "@odata.nextLink"?: string } = await exchange("GET", url, graph);
      url = page["@odata.nextLink"];
      store.exec("BEGIN");
      const added = page.value.filter((alert) => insert.run(alert.id, JSON.stringify(alert), null).changes === 1);
      store.exec("COMMIT");
      for (const alert of added) {
        work.push(async () => {
          if (input.autoResolve) {
            await exchange("PATCH", `${list}/${alert.id}`, graph, { status: "resolved" });
            const comment = { "@odata.type": "microsoft.graph.security.alertComment", comment: "Resolved." };
            await exchange("POST", `${list}/${alert.id}/comments`, graph, comment);
          }
          const answer: { id: string } = await exchange("POST", postTo, connector, cardOf(alert, tenant.name));
          posted.run(answer.id, alert.id);
        });
      }
    }
  }
  const worker = async () => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) await next();
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  since = startedAt;
}

const handlers = {
  start: async (input: SubjectInput): Promise<{ botUrl: string | null }> => {
    given = input;
    since = now();
    folder = await mkdtemp(join(tmpdir(), "watchdesk-floor-"));
    database = new DatabaseSync(join(folder, "floor.db"));
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    database.exec("CREATE TABLE alerts (id TEXT PRIMARY KEY, body TEXT NOT NULL, activity TEXT)");
    return { botUrl: null };
  },
  moveClock: async (input: { milliseconds: number }): Promise<void> => {
    offset += input.milliseconds;
  },
  work: async (): Promise<Cost> =>
    await costOf(async () => {
      if (given !== null && database !== null) await round(given, database);
    }),
  usage: async (): Promise<Usage & { troubles: number }> => ({ ...usage(), troubles: 0 }),
  stop: async (): Promise<void> => {
    database?.close();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  },
};

export type BenchFloor = typeof handlers;
answerParent(handlers);
