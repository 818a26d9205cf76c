import { createServer } from "node:http";
import { answerParent } from "./child.ts";
import { usage } from "./measure.ts";

/** A bare node:http server that parses a body and sends it back: what a turn cannot cost less than. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
});

const handlers = {
  start: () =>
    new Promise<{ url: string }>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve({ url: `http://127.0.0.1:${address === null || typeof address === "string" ? 0 : address.port}/` });
      });
    }),
  usage: async () => usage(),
};

export type BenchEcho = typeof handlers;
answerParent(handlers);
