import type { Request, Response, Server } from "restify";
import { SECOND } from "../services/domain/instant.ts";
import type { Log } from "../services/ports/log.ts";
import type { GatedActivity, GateOutcome } from "./activity-gate.ts";
import { bare, createBareServer } from "./bare-server.ts";
import { readBody } from "./read-body.ts";
import type { TurnAnswer } from "./turn-once.ts";

/** Teams' activities are small; a larger body is nobody we know. */
const BODY_LIMIT = 256 * 1024;
/** Teams sends a turn again after 15 seconds: a longer one is acknowledged and goes on by itself. */
const ANSWER_WITHIN = 10 * SECOND;

export interface HttpDeps {
  readonly gate: (input: { authorization: string | undefined; body: string }) => Promise<GateOutcome>;
  readonly once: (activity: GatedActivity, run: () => Promise<TurnAnswer>) => Promise<TurnAnswer>;
  readonly turn: (authorization: string, activity: GatedActivity) => Promise<TurnAnswer>;
  /** Throws when the bot cannot work (store, own credential). */
  readonly ready: () => Promise<void>;
  readonly log: Log;
}

/** The server that the world reaches: no body parser, so nothing is read or inflated before the gate. */
export function createHttpServer(deps: HttpDeps): Server {
  const server = createBareServer(deps);
  server.post("/api/messages", async (request: Request, response: Response) => {
    await answerActivity(deps, request, response);
  });
  server.get("/healthz", async (_request: Request, response: Response) => bare(response, 200));
  server.get("/readyz", async (_request: Request, response: Response) => {
    try {
      await deps.ready();
      bare(response, 200);
    } catch (cause) {
      deps.log.warn("Not ready.", {}, cause);
      bare(response, 503);
    }
  });
  return server;
}

async function answerActivity(deps: HttpDeps, request: Request, response: Response): Promise<void> {
  const read = await readBody(request, BODY_LIMIT);
  if (read.kind === "refused") {
    response.header("Connection", "close");
    return bare(response, read.status);
  }
  const authorization = request.headers.authorization;
  const outcome = await gate(deps, { authorization, body: read.body });
  if (outcome.kind === "refused") {
    deps.log.info("An activity was refused.", { status: outcome.status, why: outcome.why });
    return bare(response, outcome.status);
  }
  const { activity } = outcome;
  const answer = await inTime(
    deps,
    deps.once(activity, () => deps.turn(authorization ?? "", activity)),
  );
  if (answer.body === undefined || answer.body === null) return bare(response, answer.status);
  response.send(answer.status, answer.body);
}

async function gate(deps: HttpDeps, input: { authorization: string | undefined; body: string }): Promise<GateOutcome> {
  try {
    return await deps.gate(input);
  } catch (cause) {
    deps.log.error("The Bot Framework's keys could not be read.", {}, cause);
    return { kind: "refused", status: 401, why: "keys not available" };
  }
}

/** The turn's answer, or an acknowledgement when it takes too long; it goes on then. */
async function inTime(deps: HttpDeps, turn: Promise<TurnAnswer>): Promise<TurnAnswer> {
  const guarded = turn.catch((cause: unknown): TurnAnswer => {
    deps.log.error("A turn failed.", {}, cause);
    return { status: 500, body: null };
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<TurnAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ status: 202, body: null }), ANSWER_WITHIN);
  });
  const answer = await Promise.race([guarded, late]);
  clearTimeout(timer);
  return answer;
}
