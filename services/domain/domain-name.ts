const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** A domain as it is looked up, in lower case; null where the text is no host name. */
export function readDomainName(typed: string): string | null {
  const name = typed.trim().toLowerCase();
  return DOMAIN.test(name) ? name : null;
}
