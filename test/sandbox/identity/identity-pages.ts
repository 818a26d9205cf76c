import { escapeHtml, sandboxPage } from "../page.ts";
import type { SignInUser } from "../world/people.ts";
import { resources } from "../world/permissions.ts";
import type { World } from "../world.ts";

const mark = "Sandbox sign-in: a simulation on this machine, not Microsoft";

/** Where Microsoft's journey ends without a way back; `code` is the AADSTS code. */
export function errorPage(options: { code: string; text: string; again?: string }): string {
  const again =
    options.again === undefined
      ? ""
      : `<form method="post" action="${escapeHtml(options.again)}"><input type="hidden" name="user" value="choose">
<div class="row"><button type="submit">Use another account</button></div></form>`;
  return sandboxPage({
    title: "Sorry, but we are having trouble signing you in",
    mark,
    body: `<p>${escapeHtml(options.code)}: ${escapeHtml(options.text)}</p>${again}`,
  });
}

/** Who are you: one button each, posted back to `action` as `user=key` (or `user=cancel`). */
export function signInPage(options: { world: World; action: string; tenantId?: string; domainHint?: string }): string {
  const { world, action } = options;
  const first = options.tenantId ?? world.findTenant(options.domainHint ?? "")?.tenantId;
  const users = world.tenants
    .flatMap((tenant) => tenant.users)
    .sort((a, b) => Number(b.tenantId === first) - Number(a.tenantId === first));
  const tenant = options.tenantId === undefined ? undefined : world.findTenant(options.tenantId);
  const where =
    tenant === undefined ? "Pick an account to go on." : `Pick an account of ${tenant.displayName} to go on.`;
  const body = `<p>${escapeHtml(where)}</p>
<form method="post" action="${escapeHtml(action)}">
${users.map((user) => choice(user, world)).join("\n")}
<div class="row"><button type="submit" name="user" value="cancel">Cancel</button></div></form>`;
  return sandboxPage({ title: "Who are you?", mark, body });
}

function choice(user: SignInUser, world: World): string {
  const tenant = world.findTenant(user.tenantId);
  const role = roleWords(user);
  return `<button class="choice" type="submit" name="user" value="${escapeHtml(user.key)}"><b>${escapeHtml(user.displayName)}</b>
<span>${escapeHtml(role)} of ${escapeHtml(tenant?.displayName ?? "")}<br>${escapeHtml(user.userPrincipalName)}</span></button>`;
}

function roleWords(user: SignInUser): string {
  if (user.role === "user") return "Ordinary user";
  const role = user.role === "globalAdministrator" ? "Global Administrator" : "Privileged Role Administrator";
  return user.guestOf === undefined ? role : `Guest, made ${role}`;
}

/** What the app asks for, with Accept and Cancel posted back as `decision`. */
export function consentPage(options: { world: World; action: string; user: SignInUser; tenantName: string }): string {
  const { world, user } = options;
  const { displayName, permissions } = world.defenderApp;
  const list = (["graph", "defender"] as const).map((resource) => {
    const values = permissions.filter((permission) => permission.resource === resource);
    const items = values.map(({ value }) => `<li>${escapeHtml(value)}</li>`).join("");
    return values.length === 0 ? "" : `<h2>${resources[resource].displayName} (${values.length})</h2><ul>${items}</ul>`;
  });
  const body = `<p><b>${escapeHtml(displayName)}</b><br><span class="soft">by ${escapeHtml(world.account.displayName)}</span></p>
<p>Review for your organization: ${escapeHtml(options.tenantName)}. This app would like to have these ${permissions.length} permissions:</p>
${list.join("\n")}
<p class="soft">Signed in as ${escapeHtml(user.userPrincipalName)}. If you accept, this app gets access for everybody in your organization.</p>
<form method="post" action="${escapeHtml(options.action)}"><div class="row">
<button class="main" type="submit" name="decision" value="accept">Accept</button>
<button type="submit" name="decision" value="cancel">Cancel</button></div></form>`;
  return sandboxPage({ title: "Permissions requested", mark, body });
}

/** AADSTS90094: a page without a way on for somebody who may not grant. */
export function needAdminPage(options: { world: World; action: string; user: SignInUser }): string {
  const body = `<p><b>${escapeHtml(options.world.defenderApp.displayName)}</b></p>
<p>This app needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>
<p class="soft">AADSTS90094: The grant requires admin permission. Signed in as ${escapeHtml(options.user.userPrincipalName)}.</p>
<form method="post" action="${escapeHtml(options.action)}"><input type="hidden" name="user" value="choose">
<div class="row"><button type="submit">Have an admin account? Sign in with that account</button></div></form>`;
  return sandboxPage({ title: "Need admin approval", mark, body });
}
