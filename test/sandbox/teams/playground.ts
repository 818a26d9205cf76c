import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Person } from "./teams-types.ts";

const START_MILLISECONDS = 30_000;

export interface PlaygroundOptions {
  /** Where the Playground posts its activities: the gateway's url. */
  gatewayUrl: string;
  /** Must be free: the Playground would silently take another. */
  port: number;
  /** A directory outside the repository, for the configuration file and the Playground's log. */
  configDirectory: string;
  /** Exactly six: the Playground's user, who is the admin, and five others. */
  people: Person[];
  /** The General channel has the team's id. */
  team: { id: string; aadGroupId: string; name: string; channel: { id: string; name: string } };
  personalChatId: string;
  groupChat: { id: string; name: string };
  accountTenantId: string;
  botAppId: string;
}

export interface Playground {
  url: string;
  /** Ends its whole process group. */
  stop(): Promise<void>;
}

/** Starts the Microsoft 365 Agents Playground and waits until its page answers; fails with the end of its output. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  await writeFile(join(options.configDirectory, ".m365agentsplayground.yml"), JSON.stringify(configOf(options)));
  const manifest = createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/package.json");
  const cli = join(dirname(manifest), "cli.js");
  const flags = ["-e", options.gatewayUrl, "-c", "msteams", "-p", String(options.port), "--disable-telemetry"];
  const child = spawn(process.execPath, [cli, "start", ...flags], {
    cwd: options.configDirectory,
    detached: true,
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: "none", BROWSER: "none" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = `${output}${text}`.slice(-4000);
    });
  }
  const url = `http://127.0.0.1:${options.port}`;

  // A crash of the parent must not leave the Playground running.
  const endWithParent = () => endGroup(child.pid ?? 0, "SIGKILL");
  process.once("exit", endWithParent);

  async function stop(): Promise<void> {
    process.removeListener("exit", endWithParent);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    endGroup(child.pid, "SIGTERM");
    const hard = setTimeout(() => endGroup(child.pid ?? 0, "SIGKILL"), 3000);
    await ended;
    clearTimeout(hard);
  }

  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline && child.exitCode === null) {
    const port = /Listening on (\d+)/.exec(output)?.[1];
    if (port !== undefined && port !== String(options.port)) break;
    if (port !== undefined && (await answers(url))) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`The Agents Playground did not start on port ${options.port}. Its last words: ${output.trim()}`);
}

function configOf(options: PlaygroundOptions) {
  const [admin, ...others] = options.people.map(userOf);
  if (admin === undefined || others.length !== 5) throw new Error("The Playground needs exactly six people.");
  const { channel, ...team } = options.team;
  return {
    version: "0.1.1",
    tenantId: options.accountTenantId,
    bot: { id: `28:${options.botAppId}`, name: "Watchdesk" },
    currentUser: admin,
    users: others,
    personalChat: { id: options.personalChatId },
    groupChat: options.groupChat,
    team: { ...team, channels: [channel] },
  };
}

/** `userPrincipleName` is the Playground's own spelling. */
function userOf(person: Person) {
  const [givenName = person.name, ...rest] = person.name.split(" ");
  const { mri: id, name, userPrincipalName, objectId: aadObjectId } = person;
  const surname = rest.join(" ") || givenName;
  return {
    id,
    name,
    userPrincipleName: userPrincipalName,
    aadObjectId,
    givenName,
    surname,
    email: userPrincipalName,
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

function endGroup(processId: number, signal: "SIGTERM" | "SIGKILL"): void {
  if (processId === 0) return;
  try {
    process.kill(-processId, signal);
  } catch {
    // The group has already ended.
  }
}
