/** A browser as far as the consent journey needs one: cookies per origin, redirects one at a time, forms and links. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
}

export interface Browser {
  open(url: string): Promise<Page>;
  submit(url: string, fields: Record<string, string>): Promise<Page>;
  /** The first link on a page whose address has `part` in it. */
  follow(page: Page, part: string): Promise<Page>;
}

export function newBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();

  async function go(address: string, init: RequestInit = {}): Promise<Page> {
    let url = address;
    let next: RequestInit = init;
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await fetch(url, { ...next, redirect: "manual", headers: { cookie: cookiesFor(url) } });
      keepCookies(url, response.headers.getSetCookie());
      const html = await response.text();
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status > 399)
        return { url, status: response.status, html };
      url = new URL(location, url).href;
      next = {};
    }
    throw new Error("Redirected in a circle.");
  }

  function cookiesFor(url: string): string {
    return [...(jars.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  function keepCookies(url: string, lines: string[]): void {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    for (const line of lines) {
      const [pair = ""] = line.split(";");
      const [name = "", ...value] = pair.split("=");
      jar.set(name, value.join("="));
    }
  }

  return {
    open: (url) => go(url),
    submit: (url, fields) => go(url, { method: "POST", body: new URLSearchParams(fields) }),
    follow: async (page, part) => {
      const link = [...page.html.matchAll(/href="([^"]+)"/g)]
        .map((found) => (found[1] ?? "").replaceAll("&amp;", "&"))
        .find((href) => href.includes(part));
      if (link === undefined) throw new Error(`No link with "${part}" on ${page.url}: ${page.html.slice(0, 400)}`);
      return await go(new URL(link, page.url).href);
    },
  };
}

/** Signs in as somebody and answers Microsoft's consent prompt; gives the last page that was seen. */
export async function walkConsent(
  browser: Browser,
  consentUrl: string,
  input: { user: string; decision?: "accept" | "cancel" },
): Promise<Page> {
  const start = await browser.open(consentUrl);
  const signIn = await browser.follow(start, "go=1");
  const signedIn = await browser.submit(signIn.url, { user: input.user });
  if (!signedIn.html.includes("/adminconsent")) return signedIn;
  const prompt = await browser.follow(signedIn, "/adminconsent");
  return await browser.submit(prompt.url, { decision: input.decision ?? "accept" });
}
