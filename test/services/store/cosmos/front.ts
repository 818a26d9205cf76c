import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** A server on loopback that passes requests on to Cosmos, but for those that `refuse` has an answer to. */
export async function frontOf(
  endpoint: string,
  refuse: (asked: { method: string; path: string; body: string }) => Refusal | null,
): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming);
    const { method = "GET", url: path = "/", headers } = incoming;
    const refusal = refuse({ method, path, body });
    if (refusal !== null) {
      outgoing.writeHead(refusal.status, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ code: String(refusal.status), message: refusal.message }));
      return;
    }
    const onward = request(`${endpoint}${path}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
