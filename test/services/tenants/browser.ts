/** A page as a browser got it; `location` is "" where it was no redirect. */
export interface Visit {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string;
}

/** A browser with cookies of its own for each origin; it follows no redirect by itself. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  get(url: string, headers: Record<string, string> = {}): Promise<Visit> {
    return this.#visit(url, { method: "GET", headers });
  }

  head(url: string): Promise<Visit> {
    return this.#visit(url, { method: "HEAD" });
  }

  post(url: string, form: Record<string, string>): Promise<Visit> {
    return this.#visit(url, { method: "POST", body: new URLSearchParams(form) });
  }

  /** The value of a cookie; null where the site set none. */
  cookie(url: string, name: string): string | null {
    return this.#cookies.get(new URL(url).origin)?.get(name) ?? null;
  }

  async #visit(url: string, init: RequestInit): Promise<Visit> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      jar.set(name, value);
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      location: response.headers.get("location") ?? "",
    };
  }
}
