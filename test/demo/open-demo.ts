import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, systemRandomness } from "../../services/config/system.ts";
import { type ChosenStore, chooseStore } from "../sandbox/chosen-store.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { startGateway } from "../sandbox/teams/gateway.ts";
import { startPlayground } from "../sandbox/teams/playground.ts";
import { startBotProcess } from "./bot-process.ts";
import { addOlderAlerts, letAlertsArrive } from "./demo-alerts.ts";
import { chooseDemoPorts } from "./demo-ports.ts";

/** Alerts are read this often, so that what one does is soon to be seen; the product's default is a minute. */
const SYNC_INTERVAL_SECONDS = "5";

/** The Playground's user and a colleague, so that one can approve what the other asks for. */
const ADMINS = 2;

export interface Demo {
  readonly playgroundUrl: string;
  readonly controlUrl: string;
  readonly botUrl: string;
  /** Resolves with a sentence when the bot ends by itself. */
  readonly botDied: Promise<string>;
  /** Ends every process and server and removes the temporary folder; a second call waits for the first. */
  close(): Promise<void>;
}

/** Everything on this machine: the sandbox, the bot as a process of its own, the Playground behind its gateway. */
export async function openDemo(say: (line: string) => void): Promise<Demo> {
  const stops: (() => unknown)[] = [];
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= (async () => {
      for (const stop of stops.toReversed()) await stop();
    })();
    return closing;
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), "watchdesk-demo-"));
    const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", removeAtExit);
    stops.push(async () => {
      await rm(folder, { recursive: true, force: true });
      process.removeListener("exit", removeAtExit);
    });

    const { ports, notes } = await chooseDemoPorts();
    for (const note of notes) say(note);
    const botUrl = `http://127.0.0.1:${ports.bot}`;
    const playgroundUrl = `http://127.0.0.1:${ports.playground}`;

    say("Starting the sandbox: sign-in, Microsoft Graph, Defender and Teams, all on this machine ...");
    const sandbox = await startSandbox({
      publicUrl: botUrl,
      ports: { control: ports.control },
      forward: { playgroundUrl },
    });
    stops.push(() => sandbox.close());
    addOlderAlerts(sandbox.world);
    const alerts = letAlertsArrive(sandbox.world);
    stops.push(() => alerts.stop());

    say("Starting the bot ...");
    const kind = process.env.STORE === "cosmos" ? "cosmos" : "sqlite";
    if (kind === "cosmos") say("Starting the simulated Cosmos DB ...");
    const store = await chooseStore(kind, { folder, accountIds: [sandbox.world.account.tenantId] });
    stops.push(() => store.close());
    await addOrganizations(sandbox, store);
    const settings = { ...sandbox.settings(), PORT: String(ports.bot), HOST: "127.0.0.1", ...store.settings };
    const ACCOUNT_ADMINS = sandbox.world.people
      .slice(0, ADMINS)
      .map(({ objectId }) => objectId)
      .join(",");
    const bot = await startBotProcess({ ...settings, ACCOUNT_ADMINS, SYNC_INTERVAL_SECONDS }, botUrl);
    stops.push(() => bot.stop());

    say("Starting the Agents Playground, which takes the place of Teams ...");
    stops.push(await startTeamsClient(sandbox, { botUrl, port: ports.playground, folder }));
    return { playgroundUrl, controlUrl: sandbox.controlUrl, botUrl, botDied: bot.died, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** The account's customers, as somebody would have typed them in; the picker of `connect tenant` offers them. */
async function addOrganizations(sandbox: Sandbox, store: ChosenStore): Promise<void> {
  const { world } = sandbox;
  const stores = await store.open(systemClock);
  for (const name of world.organizations) {
    const id = systemRandomness.id();
    await stores.organizations.add({ accountId: world.account.tenantId, id, name, createdAt: systemClock.now() });
  }
  await stores.close();
}

async function startTeamsClient(
  sandbox: Sandbox,
  place: { botUrl: string; port: number; folder: string },
): Promise<() => Promise<void>> {
  const { teams, world } = sandbox;
  const people = world.people.map(({ displayName: name, objectId, userPrincipalName }) =>
    teams.addPerson({ name, objectId, userPrincipalName }),
  );
  // The Playground wants six.
  people.push(teams.addPerson({ name: "Lena Fischer", userPrincipalName: `lena.fischer@${world.account.domain}` }));
  const [admin, colleague] = people;
  if (admin === undefined || colleague === undefined) throw new Error("The world has too few people.");
  const team = teams.addTeam({ name: "SOC", members: people });
  const channel = teams.addChannel(team, "Defender alerts");
  const chat = teams.addGroupChat("SOC on call", people);
  const shared = { people, accountTenantId: world.account.tenantId, botAppId: world.botApp.appId };
  const gateway = await startGateway({ ...shared, teams, botUrl: `${place.botUrl}/api/messages` });
  try {
    const playground = await startPlayground({
      ...shared,
      gatewayUrl: gateway.url,
      port: place.port,
      configDirectory: place.folder,
      team: {
        id: team.id,
        aadGroupId: team.aadGroupId,
        name: team.name,
        channel: { id: channel.id, name: channel.name },
      },
      personalChatId: teams.personalChat(admin).id,
      groupChat: { id: chat.id, name: chat.name },
    });
    teams.connectBot(`${place.botUrl}/api/messages`);
    teams.seat({ user: admin, colleague });
    await teams.install(colleague);
    await teams.install(admin, team.general);
    return async () => {
      await playground.stop();
      await gateway.stop();
    };
  } catch (cause) {
    await gateway.stop();
    throw cause;
  }
}
