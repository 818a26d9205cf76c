import type { ServerResponse } from "node:http";
import { createTeamsAnnouncer } from "../../bot/teams-announcer.ts";
import { createConnectorCall } from "../../bot/teams-connector.ts";
import { openSqliteStores } from "../../services/store/sqlite/open-sqlite-stores.ts";
import { createConsentLinks } from "../../services/tenants/consent-links.ts";
import { loadPermissionBook } from "../../services/tenants/permission-book.ts";
import { ACCOUNT } from "../cards/examples/example-parts.ts";
import { movedClock } from "../contract/store/opened-store.ts";
import { type LoopbackRequest, loopback } from "./loopback.ts";

/** The announcer of the bot, its own connector call included, against a Teams on loopback that answers so. */
export async function announcerBench(answer: (response: ServerResponse, request: LoopbackRequest) => void) {
  const teams = await loopback((request, response) => answer(response, request));
  const stores = await openSqliteStores({ path: ":memory:", clock: movedClock() });
  const errors: string[] = [];
  const announcer = createTeamsAnnouncer({
    ...stores,
    call: createConnectorCall({
      token: async () => "token",
      windows: { take: () => 0 },
      serviceOrigins: [teams.origin],
      timeoutMs: 300,
    }),
    botAppId: "bot-app-id",
    accounts: [{ id: ACCOUNT, name: "Harbor Ridge" }],
    consentLinks: createConsentLinks("a secret of the process", "https://watchdesk.example"),
    book: loadPermissionBook(),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: (sentence) => void errors.push(sentence) },
  });
  return { announcer, teams, stores, errors, serviceUrl: `${teams.origin}/emea/` };
}
