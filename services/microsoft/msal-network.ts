import { AuthError, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from "@azure/msal-node";
import { Breakdown } from "../domain/breakdown.ts";
import type { CloudEndpoints } from "./cloud.ts";
import type { MicrosoftHttp } from "./microsoft-http.ts";
import { tokenBreakdown } from "./token-breakdown.ts";

/** A Breakdown on its way through MSAL, which swallows every error that is not one of its own. */
class MsalBreakdown extends AuthError {
  readonly breakdown: Breakdown;

  constructor(breakdown: Breakdown) {
    super(breakdown.code, "", breakdown.message);
    // MSAL's constructor sets its own prototype.
    Object.setPrototypeOf(this, MsalBreakdown.prototype);
    this.breakdown = breakdown;
  }
}

/**
 * MSAL's way out. What goes to the cloud's sign-in host goes to `endpoints.login`, for MSAL refuses an http authority.
 * Refusals are judged here, before MSAL would: it blocks itself for a minute of real time after a 429 or 5xx, and the
 * sync keeps its own schedule.
 */
export function createMsalNetwork(deps: { http: MicrosoftHttp; endpoints: CloudEndpoints }): INetworkModule {
  const { http, endpoints } = deps;
  const address = (url: string) =>
    url.startsWith(`${endpoints.loginAuthority}/`) ? endpoints.login + url.slice(endpoints.loginAuthority.length) : url;

  async function send<T>(method: "GET" | "POST", url: string, options?: NetworkRequestOptions) {
    try {
      const answer = await http.send({
        service: "Microsoft sign-in",
        method,
        url: address(url),
        headers: withoutContentType(options?.headers ?? {}),
        ...(method === "POST" ? { form: options?.body ?? "" } : {}),
      });
      if (answer.status >= 300) throw tokenBreakdown(answer);
      // MSAL's interface leaves the body's type to its caller.
      const response: NetworkResponse<T> = { status: answer.status, headers: answer.headers, body: answer.body as T };
      return response;
    } catch (error) {
      throw error instanceof Breakdown ? new MsalBreakdown(error) : error;
    }
  }

  return {
    sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) => send<T>("GET", url, options),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) => send<T>("POST", url, options),
  };
}

function withoutContentType(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-type"));
}

/** The Breakdown in what MSAL threw; anything else of MSAL's is a fault of the answer or of our set-up. */
export function breakdownFromMsal(error: unknown): Breakdown {
  if (error instanceof MsalBreakdown) return error.breakdown;
  const detail = error instanceof AuthError ? error.errorCode : null;
  return new Breakdown("unreadable-answer", "Microsoft sign-in gave an answer that cannot be read.", {
    retryable: true,
    detail,
    cause: error,
  });
}
