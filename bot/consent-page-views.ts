import type { Instant } from "../services/domain/instant.ts";
import type { ConsentAnsweredOutcome } from "../services/tenants/complete-consent.ts";
import type { JourneyFacts, LinkView } from "../services/tenants/follow-consent-link.ts";
import type { SignedInOutcome } from "../services/tenants/prove-tenant.ts";
import { type ConsentPage, Html, html } from "./consent-page-html.ts";

/** Shown for everything that cannot be read or is not known: it tells nothing about what exists. */
export function badRequestPage(status: 400 | 404 = 400): ConsentPage {
  const body = html`<p>This address cannot be used: it is incomplete, was used already, or belongs to another browser.</p>
<p>Open the link you were sent once more, in one browser from start to end. If that does not help, ask for a new link.</p>
<p class="soft">Nothing was changed. You can close this page.</p>`;
  return { status, title: "This page cannot be shown", body };
}

/** Shown when something broke; `reference` stands in the log as well. */
export function brokenPage(status: 500 | 503, reference: string): ConsentPage {
  const what = status === 503 ? "Microsoft or our own store did not answer." : "Something went wrong on our side.";
  const body = html`<p>${what} Nothing was connected by this step.</p>
<p>Wait a minute, then open the link you were sent once more.</p>
<p class="soft">Reference: <code>${reference}</code></p>`;
  return { status, title: "That did not work", body };
}

/** The page of a consent link; `goUrl` leads on to Microsoft's sign-in. */
export function linkPage(view: LinkView, goUrl: string): ConsentPage {
  switch (view.kind) {
    case "unknown":
      return badRequestPage(404);
    case "live":
      return startPage(view.facts, goUrl);
    case "over":
      return overPage(view.stage, view.facts);
  }
}

/** What follows the sign-in: on to the consent prompt, or why not. */
export function signedInPage(outcome: SignedInOutcome): ConsentPage {
  switch (outcome.kind) {
    case "notUsable":
      return badRequestPage();
    case "refused":
      return againPage(403, refusedTitle(outcome.facts), outcome);
    case "removed":
      return overPage("removed", outcome.facts);
    case "proved":
      return provedPage(outcome);
  }
}

/** What follows the consent prompt. */
export function consentAnsweredPage(outcome: ConsentAnsweredOutcome): ConsentPage {
  switch (outcome.kind) {
    case "notUsable":
      return badRequestPage();
    case "declined":
      return againPage(200, "The permissions were not granted", outcome);
    case "removed":
      return overPage("removed", outcome.facts);
    case "granted":
      return grantedPage(outcome.facts, outcome.confirmsInChat);
  }
}

function startPage(facts: JourneyFacts, goUrl: string): ConsentPage {
  const account =
    facts.expectedDomain === null ? null : html` Use an account of <strong>${facts.expectedDomain}</strong>.`;
  const body = html`${facts.again ? askAgain(facts) : askFirst(facts)}
<h2>Who can do this</h2>
<p>A Global Administrator or Privileged Role Administrator of that organization's Microsoft tenant, as a member of it, not as a guest.</p>
<h2>What comes next</h2>
<ol>
<li>Microsoft's sign-in. It shows which tenant you belong to.${account}</li>
<li>Microsoft's permission prompt. It lists every permission that is asked for, also those to look closer or to act on devices; accept it there, or cancel.</li>
<li>A page here that says how it went.</li>
</ol>
<a class="act" href="${goUrl}" rel="noreferrer">Continue to Microsoft sign-in</a>
${troubleshooting()}
<p class="soft">The link ends at ${written(facts.expiresAt)}. If you did not expect it, close this page: nothing was changed.</p>`;
  const title = facts.again
    ? `Consent again: ${facts.organizationName} and ${facts.accountName}`
    : `Connect ${facts.organizationName} to ${facts.accountName}`;
  return { status: 200, title, body };
}

function askFirst(facts: JourneyFacts): Html {
  return html`<p>${facts.requestedBy} of <strong>${facts.accountName}</strong> asks to look after Microsoft Defender for
Endpoint for <strong>${facts.organizationName}</strong>: to read its alerts, and to resolve and comment them.</p>`;
}

function askAgain(facts: JourneyFacts): Html {
  return html`<p><strong>${facts.accountName}</strong> looks after Microsoft Defender for Endpoint for <strong>${facts.organizationName}</strong>
already. ${facts.requestedBy} asks for consent once more: permissions are missing, or were added since.</p>`;
}

function refusedTitle(facts: JourneyFacts): string {
  return facts.again ? "This sign-in cannot give the consent" : "This sign-in cannot connect the tenant";
}

function provedPage(outcome: Extract<SignedInOutcome, { kind: "proved" }>): ConsentPage {
  const who = outcome.signInName === null ? null : html` as <strong>${outcome.signInName}</strong>`;
  const what = outcome.facts.again ? "is connected" : "will be connected";
  const body = html`<p>You are signed in${who}. The tenant that ${what} to <strong>${outcome.facts.accountName}</strong>
for <strong>${outcome.facts.organizationName}</strong> is <code>${outcome.tenantId}</code>.</p>
<p>Next, Microsoft lists the permissions that are asked for. It may ask you to pick your account again: pick the same one.</p>
<a class="act" href="${outcome.adminConsentUrl}" rel="noreferrer">Continue to Microsoft's permission prompt</a>
${troubleshooting()}
<p class="soft">${outcome.facts.again ? "Nothing was changed so far." : "Nothing was granted so far."} This step can be used for an hour.</p>`;
  return { status: 200, title: "Tenant found", body };
}

function grantedPage(facts: JourneyFacts, confirmsInChat: boolean): ConsentPage {
  const next = confirmsInChat
    ? html`<p>${facts.requestedBy} is now asked to confirm that this is the right tenant. Then its alerts are read for the first time.</p>`
    : html`<p>What was granted is being checked, then the alerts are read${facts.again ? " again" : " for the first time"}. That takes a few minutes at most.</p>`;
  const body = html`<p>Microsoft says that the permissions for <strong>${facts.organizationName}</strong> are granted.</p>
${next}
<p>${facts.accountName} sees in Teams how it goes on. There is nothing left to do for you.</p>
<p class="soft">You can close this page.</p>`;
  return { status: 200, title: "Permissions granted", body };
}

function againPage(
  status: number,
  title: string,
  outcome: { readonly sentence: string; readonly facts: JourneyFacts; readonly linkUrl: string },
): ConsentPage {
  const body = html`<p>${outcome.sentence}</p>
<p>${outcome.facts.again ? "Nothing is changed by this." : `${outcome.facts.organizationName} is not connected by this.`} ${outcome.facts.accountName} sees the same in Teams.</p>
<a class="act" href="${outcome.linkUrl}" rel="noreferrer">Back to the link</a>
<p class="soft">Or close this page: the link can be opened again until ${written(outcome.facts.expiresAt)}.</p>`;
  return { status, title, body };
}

function overPage(stage: Extract<LinkView, { kind: "over" }>["stage"], facts: JourneyFacts): ConsentPage {
  const closing = new Html(`<p class="soft">You can close this page.</p>`);
  const ask = facts.again
    ? html`<p>If consent is still wanted, ask ${facts.requestedBy} for a new link.</p>`
    : html`<p>If ${facts.organizationName} is still to be connected, ask ${facts.requestedBy} for a new link.</p>`;
  switch (stage) {
    case "underWay":
      return { ...grantedPage(facts, false), title: "The permissions were granted already" };
    case "connected": {
      const title = facts.again ? "Consent was given" : "Already connected";
      const body = html`<p>${facts.organizationName} is connected to ${facts.accountName}. There is nothing left to do.</p>${closing}`;
      return { status: 200, title, body };
    }
    case "expired": {
      const body = html`<p>This link ended at ${written(facts.expiresAt)}. Nothing was changed.</p>${ask}${closing}`;
      return { status: 410, title: "This link has ended", body };
    }
    case "cancelled": {
      const body = html`<p>This link was cancelled, or a newer one took its place. It leads nowhere now.</p>${ask}${closing}`;
      return { status: 410, title: "This link was cancelled", body };
    }
    case "removed": {
      const body = html`<p>${facts.accountName} stopped looking after this tenant for ${facts.organizationName} while the link was open, so the link ended. ${facts.again ? "Nothing was changed by it." : "Nothing was connected."}</p>
<p>What was granted at Microsoft can be taken back by deleting the enterprise application in the Entra admin center.</p>${ask}${closing}`;
      return { status: 410, title: "This link ended with the connection", body };
    }
    case "failed": {
      const what = facts.again ? "Microsoft shows no consent" : "The connection could not be completed";
      const body = html`<p>${what}. ${facts.accountName} sees in Teams why.</p>${ask}${closing}`;
      return { status: 410, title: facts.again ? "Not granted" : "Not connected", body };
    }
  }
}

function troubleshooting(): Html {
  return html`<details>
<summary>If Microsoft shows an error instead</summary>
<ul>
<li><code>AADSTS650052</code>: the tenant has no Defender for Endpoint subscription. Microsoft does not come back here; subscribe first, then open the link again.</li>
<li><code>AADSTS90094</code>: the account may not grant the permissions. Sign in as Global Administrator or Privileged Role Administrator.</li>
</ul>
</details>`;
}

const DAY_AND_TIME = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
});

function written(instant: Instant): string {
  return `${instant.slice(11, 16)} UTC, ${DAY_AND_TIME.format(new Date(instant))}`;
}
