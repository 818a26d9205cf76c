import { readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { processesUnder, stillRuns } from "./processes.ts";
import { type RunningDemo, runDemo } from "./run-demo.ts";

const READY_WITHIN = 30_000;

describe("The demo", { timeout: 60_000 }, () => {
  let demo: RunningDemo | null = null;
  let squatter: Server | null = null;

  afterEach(async () => {
    await demo?.end("SIGTERM");
    if (demo !== null) rmSync(demo.folder, { recursive: true, force: true });
    demo = null;
    squatter?.close();
    squatter = null;
  });

  it("is ready in time though the bot's port is taken, and Ctrl-C leaves neither process nor folder", async () => {
    squatter = await squatOn(3978);
    demo = await runDemo();
    const children = processesUnder(demo.child.pid ?? 0);

    expect(demo.readyAfterMs).toBeLessThan(READY_WITHIN);
    expect(demo.output()).toMatch(/Port 3978 is taken, so the bot uses \d+\./);
    expect((await fetch(demo.playgroundUrl)).status).toBe(200);
    expect(await (await fetch(demo.controlUrl)).text()).toContain("Contoso Dental");
    expect(demo.output().match(/^\d\. /gm)).toHaveLength(5);
    if (process.platform === "linux") expect(children.length).toBeGreaterThanOrEqual(2);

    expect(await demo.end("SIGINT")).toBe(0);
    expect(children.filter(stillRuns)).toEqual([]);
    expect(readdirSync(demo.folder)).toEqual([]);
    await expect(fetch(demo.playgroundUrl)).rejects.toThrow();
  });

  it("ends too when the shell that npm puts around it is ended", async () => {
    demo = await runDemo({ underShell: true });
    const below = processesUnder(demo.child.pid ?? 0);

    expect(await demo.end("SIGTERM")).toBe("SIGTERM");
    expect(below.filter(stillRuns)).toEqual([]);
    expect(readdirSync(demo.folder)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")("says so and ends with 1 when the bot dies", async () => {
    demo = await runDemo();
    const children = processesUnder(demo.child.pid ?? 0);
    const bot = children.find(({ command }) => command.includes("bot/main.ts"));
    if (bot === undefined) throw new Error("The demo has no bot below it.");
    process.kill(bot.id, "SIGKILL");

    expect(await demo.ended).toBe(1);
    expect(demo.output()).toContain("The bot ended by SIGKILL. Its last words:");
    expect(children.filter(stillRuns)).toEqual([]);
  });
});

/** Takes the port; null where somebody else has it, which serves as well. */
function squatOn(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
