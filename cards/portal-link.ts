const PORTAL_HOSTS: ReadonlySet<string> = new Set(["security.microsoft.com", "security.microsoft.us"]);
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The alert's address in the Defender portal if it leads there (or to this machine, for the sandbox); else null. */
export function portalLink(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, username, password, href } = new URL(url);
  if (username !== "" || password !== "" || href.length > 2_000) return null;
  const isPortal = protocol === "https:" && PORTAL_HOSTS.has(hostname);
  const isLoopback = protocol === "http:" && LOOPBACK_HOSTS.has(hostname);
  return isPortal || isLoopback ? href.replaceAll("$", "%24") : null;
}
