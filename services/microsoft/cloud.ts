export type Cloud = "public" | "gcc" | "gcchigh";

/** Where each of Microsoft's services answers. Addresses carry no trailing slash. */
export interface CloudEndpoints {
  /** The sign-in service as it names itself: what MSAL and the audience of client assertions must hold. */
  readonly loginAuthority: string;
  /** Where requests to the sign-in service really go; other than `loginAuthority` only in a sandbox. */
  readonly login: string;
  readonly graph: string;
  readonly graphScope: string;
  readonly defender: string;
  readonly defenderScope: string;
  /** The Defender portal. */
  readonly portal: string;
  readonly botScope: string;
  readonly botOpenIdMetadata: string;
  readonly botTokenIssuer: string;
  /** Origins that an activity's serviceUrl may have; compare `new URL(serviceUrl).origin`. */
  readonly teamsServiceOrigins: readonly string[];
}

/** Other addresses for a sandbox; services/config accepts loopback alone. */
interface EndpointOverrides {
  readonly loginUrl: string | null;
  readonly graphUrl: string | null;
  readonly defenderUrl: string | null;
  readonly botOpenIdMetadataUrl: string | null;
  readonly botTokenIssuer: string | null;
  readonly teamsServiceUrls: readonly string[] | null;
}

const COMMERCIAL_IDENTITY = {
  loginAuthority: "https://login.microsoftonline.com",
  login: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com",
  graphScope: "https://graph.microsoft.com/.default",
  botScope: "https://api.botframework.com/.default",
  botOpenIdMetadata: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  botTokenIssuer: "https://api.botframework.com",
};

// Hosts: microsoft.md 4.1. The Defender scopes of the government clouds are inferred there from service principal names.
const CLOUDS: Readonly<Record<Cloud, CloudEndpoints>> = {
  public: {
    ...COMMERCIAL_IDENTITY,
    defender: "https://api.security.microsoft.com",
    defenderScope: "https://api.securitycenter.microsoft.com/.default",
    portal: "https://security.microsoft.com",
    teamsServiceOrigins: ["https://smba.trafficmanager.net"],
  },
  gcc: {
    ...COMMERCIAL_IDENTITY,
    defender: "https://api-gcc.securitycenter.microsoft.us",
    defenderScope: "https://api-gcc.securitycenter.microsoft.us/.default",
    portal: "https://security.microsoft.com",
    teamsServiceOrigins: ["https://smba.infra.gcc.teams.microsoft.com"],
  },
  gcchigh: {
    loginAuthority: "https://login.microsoftonline.us",
    login: "https://login.microsoftonline.us",
    graph: "https://graph.microsoft.us",
    graphScope: "https://graph.microsoft.us/.default",
    defender: "https://api-gov.securitycenter.microsoft.us",
    defenderScope: "https://api-gov.securitycenter.microsoft.us/.default",
    portal: "https://security.microsoft.us",
    botScope: "https://api.botframework.us/.default",
    botOpenIdMetadata: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
    botTokenIssuer: "https://api.botframework.us",
    teamsServiceOrigins: ["https://smba.infra.gov.teams.microsoft.us"],
  },
};

/** The addresses of one cloud, with a sandbox's in place of those that are overridden. Scopes are never overridden. */
export function cloudEndpoints(cloud: Cloud, overrides: EndpointOverrides): CloudEndpoints {
  const own = CLOUDS[cloud];
  return {
    ...own,
    login: overrides.loginUrl ?? own.login,
    graph: overrides.graphUrl ?? own.graph,
    defender: overrides.defenderUrl ?? own.defender,
    botOpenIdMetadata: overrides.botOpenIdMetadataUrl ?? own.botOpenIdMetadata,
    botTokenIssuer: overrides.botTokenIssuer ?? own.botTokenIssuer,
    teamsServiceOrigins: overrides.teamsServiceUrls?.map((url) => new URL(url).origin) ?? own.teamsServiceOrigins,
  };
}
