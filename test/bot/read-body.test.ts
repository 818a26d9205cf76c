import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { type BodyOutcome, readBody } from "../../bot/read-body.ts";

const LIMIT = 1_000;

/** Sends a request as raw bytes and gives what readBody made of it. */
async function read(
  headers: readonly string[],
  body: Buffer | string,
  ending: "keep" | "destroy" = "keep",
): Promise<BodyOutcome> {
  return await new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      readBody(request, LIMIT)
        .then((outcome) => {
          resolve(outcome);
          response.end();
        })
        .catch(reject);
    });
    server.listen(0, "127.0.0.1", () => {
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
      socket.on("error", () => {});
      onTestFinished(() => {
        socket.destroy();
        server.close();
      });
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`);
      socket.write(body, () => {
        if (ending === "destroy") socket.destroy();
      });
    });
  });
}

const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
const refused = (status: number) => ({ kind: "refused", status });

describe("readBody", () => {
  it.each([
    ["of a stated length", ["Content-Length: 5"], "hello", "hello"],
    ["in chunks", ["Transfer-Encoding: chunked"], chunked("hello"), "hello"],
    ["that is empty", ["Content-Length: 0"], "", ""],
    ["of exactly the limit", [`Content-Length: ${LIMIT}`], "x".repeat(LIMIT), "x".repeat(LIMIT)],
    ["in UTF-8", ["Content-Length: 5"], "Ärzt", "Ärzt"],
  ])("reads a body %s", async (_what, headers, body, expected) => {
    expect(await read(headers, body)).toEqual({ kind: "read", body: expected });
  });

  it.each([
    ["longer than the limit by its own word", [`Content-Length: ${LIMIT + 1}`], "x", 413],
    ["longer than the limit in chunks", ["Transfer-Encoding: chunked"], chunked("x".repeat(LIMIT + 1)), 413],
    ["gzipped", ["Content-Encoding: gzip", "Content-Length: 30"], gzipSync("x".repeat(10_000)).subarray(0, 30), 415],
    ["of the encoding identity", ["Content-Encoding: identity", "Content-Length: 1"], "x", 415],
  ])("refuses a body %s", async (_what, headers, body, status) => {
    expect(await read(headers, body)).toEqual(refused(status));
  });

  it("refuses a body that breaks off", async () => {
    expect(await read(["Content-Length: 100"], "x", "destroy")).toEqual(refused(400));
  });
});
