import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpServer } from "../../bot/http-server.ts";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe("requests that no route answers", () => {
  const server = createHttpServer({
    gate: async () => ({ kind: "refused", status: 401, why: "test" }),
    once: (_activity, run) => run(),
    turn: async () => ({ status: 200, body: null }),
    ready: async () => undefined,
    log: silent,
  });
  let address = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  it.each([
    { method: "GET", path: "/favicon.ico", status: 404 },
    { method: "PUT", path: "/healthz", status: 405 },
    { method: "GET", path: "/api/messages", status: 405 },
    { method: "GET", path: "/%E0%A4%A", status: 404 },
  ])("$method $path: a bare $status, and the bot goes on", async ({ method, path, status }) => {
    // An error thrown behind the answer would be an uncaught one: it fails this file, and ended the process.
    const response = await fetch(`${address}${path}`, { method });
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(response.headers.get("server")).toBeNull();
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });
});
