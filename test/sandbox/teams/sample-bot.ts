import { createServer, type IncomingMessage } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { type Activity, isObject, type JsonObject } from "./teams-types.ts";

const CARD_TYPE = "application/vnd.microsoft.card.adaptive";

export interface SampleBot {
  url: string;
  /** Activities whose token was good, oldest first. */
  heard: Activity[];
  /** A call to the connector as the bot; `path` is below the service URL. */
  call(method: string, path: string, body?: JsonObject, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/** A card with one Action.Execute, `claim`, and its Action.Submit fallback. */
export function sampleCard(text: string): JsonObject {
  const fallback = { type: "Action.Submit", title: "Claim", data: { verb: "claim", alert: "a-1" } };
  const claim = { type: "Action.Execute", id: "c1", title: "Claim", verb: "claim", data: { alert: "a-1" }, fallback };
  const note = { type: "Input.Text", id: "note", label: "Note" };
  return {
    type: "AdaptiveCard",
    version: "1.5",
    body: [
      { type: "TextBlock", text, wrap: true },
      { type: "ColumnSet", columns: [{ type: "Column", items: [note, { type: "ActionSet", actions: [claim] }] }] },
    ],
  };
}

export function cardMessage(text: string): Activity {
  return { type: "message", attachments: [{ contentType: CARD_TYPE, content: sampleCard(text) }] };
}

/** The least bot that shows the sandbox at work: checks tokens, answers text with a card and a click with another. */
export async function startSampleBot(options: {
  serviceUrl: string;
  openIdMetadataUrl: string;
  tokenIssuer: string;
  botAppId: string;
}): Promise<SampleBot> {
  const heard: Activity[] = [];
  const metadata: unknown = await (await fetch(options.openIdMetadataUrl)).json();
  const keys = createRemoteJWKSet(new URL(isObject(metadata) ? String(metadata.jwks_uri) : ""));

  function call(method: string, path: string, body?: JsonObject, headers: Record<string, string> = {}) {
    return fetch(`${options.serviceUrl}${path}`, {
      method,
      headers: { authorization: "Bearer bot", "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function hear(request: IncomingMessage): Promise<{ status: number; body?: JsonObject }> {
    const activity: Activity = JSON.parse(await textOfRequest(request));
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    const claims = await jwtVerify(token, keys, { issuer: options.tokenIssuer, audience: options.botAppId }).then(
      (verified) => verified.payload,
      () => undefined,
    );
    if (claims?.exp === undefined || claims.serviceurl !== activity.serviceUrl) return { status: 401 };
    heard.push(activity);
    if (activity.type === "message") {
      const conversation = encodeURIComponent(String(activity.conversation?.id));
      const said = activity.text ?? JSON.stringify(activity.value);
      await call(
        "POST",
        `v3/conversations/${conversation}/activities/${activity.id}`,
        cardMessage(`You said: ${said}`),
      );
    }
    if (activity.type !== "invoke") return { status: 200 };
    return { status: 200, body: { statusCode: 200, type: CARD_TYPE, value: sampleCard("Claimed") } };
  }

  const server = createServer((request, response) => {
    hear(request).then(
      (answer) => {
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    heard,
    call,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOfRequest(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}
