const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#\s]*)(.*)$/is;
const HOST_AFTER_SCHEME = /:\/\/[^\s/?#]+/g;
const SCHEME = /(h)tt(ps?):\/\//gi;
const OTHER_SCHEME = /([a-z][a-z0-9+.-]{0,20}):\/\//gi;
const SCHEME_WITHOUT_SLASHES = /(?<![a-z0-9])(mailto|javascript|data|tel|msteams):/gi;
const WWW = /(?<![a-z0-9])www\./gi;
/** The endings that clients link without a scheme; two-letter ones are left out, for most of them are file endings too. */
const DOMAIN =
  /(?<![@\w.\\/-])(?:[\w-]{1,63}\.){1,6}(?:com|net|org|info|biz|xyz|top|shop|online|site|live|app|dev|edu|gov)\b(?![\w\\])/gi;

/** A URL, a domain or an IP address as no client links it: hxxps://evil[.]example/a. */
export function defang(address: string): string {
  const [, scheme = "", host = "", rest = ""] = ADDRESS.exec(address) ?? [];
  const dotted = withoutDots(host);
  const colons = host.split(":").length - 1;
  return defangLinks(`${scheme}${colons > 1 ? dotted.replace(":", "[:]") : dotted}${rest}`);
}

/** Text in which addresses with a scheme or www are defanged; the rest, file names included, stays as it is. */
export function defangLinks(text: string): string {
  return text
    .replace(HOST_AFTER_SCHEME, withoutDots)
    .replace(SCHEME, "$1xx$2://")
    .replace(OTHER_SCHEME, (whole: string, scheme: string) => (/^hxxps?$/i.test(scheme) ? whole : `${scheme}[:]//`))
    .replace(SCHEME_WITHOUT_SLASHES, "$1[:]")
    .replace(WWW, "www[.]");
}

/** As defangLinks, and bare domains too: for titles and descriptions of alerts. */
export function defangDomains(text: string): string {
  return defangLinks(text).replace(DOMAIN, withoutDots);
}

function withoutDots(host: string): string {
  return host.replace(/(?<!\[)\.(?!\])/g, "[.]");
}
