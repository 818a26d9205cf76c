import { createAppTokens } from "../../../services/microsoft/app-tokens.ts";
import { type CloudEndpoints, cloudEndpoints } from "../../../services/microsoft/cloud.ts";
import { createGraphAlertSource } from "../../../services/microsoft/graph-alert-source.ts";
import { createGraphTenantDirectory } from "../../../services/microsoft/graph-tenant-directory.ts";
import { createMicrosoftHttp } from "../../../services/microsoft/microsoft-http.ts";
import type { Clock } from "../../../services/ports/clock.ts";
import type { Log, LogFields } from "../../../services/ports/log.ts";
import { type Cloud, startCloud } from "../../sandbox/cloud-fixture.ts";

export interface LogLine {
  level: string;
  sentence: string;
  fields: LogFields;
}

export const noOverrides = {
  loginUrl: null,
  graphUrl: null,
  defenderUrl: null,
  botOpenIdMetadataUrl: null,
  botTokenIssuer: null,
  teamsServiceUrls: null,
};

/** A log that keeps what it is told. */
function memoryLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const add =
    (level: string) =>
    (sentence: string, fields: LogFields = {}) =>
      void lines.push({ level, sentence, fields });
  return { lines, debug: add("debug"), info: add("info"), warn: add("warn"), error: add("error") };
}

/** The Defender app's registration as the sandbox knows it. */
export function defenderRegistration(cloud: Cloud, secret = cloud.world.defenderApp.secrets[0]?.value ?? "") {
  return {
    appId: cloud.world.defenderApp.appId,
    credential: { kind: "secret", secret: { reveal: () => secret } },
  } as const;
}

/** The adapters on the sandbox's clouds, with short waits. */
export async function startMicrosoft(options: Parameters<typeof startCloud>[0] = {}) {
  const cloud = await startCloud(options);
  const clock: Clock = { now: () => cloud.clock.now().toISOString() };
  const http = createMicrosoftHttp({ clock }, { timeoutMs: 400, retryDelayMs: 1, maxBytes: 500_000 });
  const urls = { loginUrl: cloud.identity.url, graphUrl: cloud.graph.url, defenderUrl: cloud.defender.url };
  const endpoints: CloudEndpoints = cloudEndpoints("public", { ...noOverrides, ...urls });
  const tokens = createAppTokens({ clock, http, endpoints }, defenderRegistration(cloud));
  const log = memoryLog();
  const deps = { clock, http, endpoints, tokens, log };
  const consented = (letter: "A" | "B" | "C" | "D") => {
    const { tenantId } = cloud.world.tenant(letter);
    cloud.world.consent(tenantId);
    return tenantId;
  };
  return {
    ...deps,
    cloud,
    world: cloud.world,
    consented,
    source: createGraphAlertSource(deps),
    directory: createGraphTenantDirectory(deps),
    async close() {
      await http.close();
      await cloud.close();
    },
  };
}
