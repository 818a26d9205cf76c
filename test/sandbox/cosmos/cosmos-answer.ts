/** What goes back for one request; the body is JSON text, or empty. */
export interface CosmosAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** In request units. */
  charge: number;
}

/** Why Azure does not do what it was asked for. */
export interface CosmosRefusal {
  status: number;
  code: string;
  message: string;
  /** x-ms-substatus, where Azure sends one. */
  substatus?: number;
}

const CODES: Record<number, string> = {
  304: "NotModified",
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  408: "RequestTimeout",
  409: "Conflict",
  412: "PreconditionFailed",
  413: "RequestEntityTooLarge",
  429: "TooManyRequests",
  449: "RetryWith",
  503: "ServiceUnavailable",
};

export function refusal(status: number, message: string, substatus?: number): CosmosRefusal {
  const code = CODES[status] ?? "InternalServerError";
  return substatus === undefined ? { status, code, message } : { status, code, message, substatus };
}

export function refusedAnswer({ status, code, message, substatus }: CosmosRefusal, charge = 0): CosmosAnswer {
  const headers: Record<string, string> = substatus === undefined ? {} : { "x-ms-substatus": String(substatus) };
  return { status, headers, body: status === 304 ? "" : JSON.stringify({ code, message }), charge };
}
