import type { Answer } from "./answer.ts";
import { pageAnswer, redirectAnswer } from "./answer.ts";
import { clickAsColleague, colleagueSection } from "./colleague-chat.ts";
import type { JsonServer } from "./json-server.ts";
import { startJsonServer } from "./json-server.ts";
import { sayInLines, sayInLinesSection } from "./lines-form.ts";
import { escapeHtml, sandboxPage } from "./page.ts";
import type { TeamsSandbox } from "./teams/teams.ts";
import type { CustomerTenant } from "./world/customer-tenant.ts";
import { allPermissions, type Permission, resources } from "./world/permissions.ts";
import type { World } from "./world.ts";

const severities = ["informational", "low", "medium", "high"];
const portalUser = "portal.analyst";
const lateByMs = 45 * 60_000;

/** The demo's page with the handles of the world: alerts, outages, consent, the Defender portal, colleagues in Teams. */
export function startControlPage(options: { world: World; teams: TeamsSandbox; port?: number }): Promise<JsonServer> {
  const { world, teams } = options;
  return startJsonServer({
    routes: [
      { method: "GET", path: "/", handle: () => pageAnswer(200, controlPage(world, teams)) },
      { method: "POST", path: "/do", handle: (request) => act(world, new URLSearchParams(request.body)) },
      { method: "POST", path: "/click", handle: (request) => click(teams, new URLSearchParams(request.body)) },
      { method: "POST", path: "/say", handle: (request) => say(teams, new URLSearchParams(request.body)) },
    ],
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}

function act(world: World, form: URLSearchParams): Answer {
  const tenant = world.findTenant(form.get("tenant") ?? "");
  if (tenant === undefined) return pageAnswer(400, message("There is no such tenant."));
  const { tenantId } = tenant;
  const severity = form.get("severity") ?? "";
  const chosen = severities.includes(severity) ? { severity } : {};
  const alertId = form.get("alert") ?? "";
  const by = `${portalUser}@${tenant.verifiedDomains[0]?.name ?? ""}`;
  switch (form.get("act")) {
    case "arrive":
      world.arrive(tenantId, chosen);
      break;
    case "late":
      world.arrive(tenantId, { ...chosen, createdAt: new Date(world.clock.now().getTime() - lateByMs) });
      break;
    case "storm":
      world.storm(tenantId, 50);
      break;
    case "revoke":
      world.revokeConsent(tenantId);
      break;
    case "takeAway": {
      const permission = grantedTo(tenant).find((one) => keyOf(one) === form.get("permission"));
      if (permission === undefined) return pageAnswer(400, message("There is no such permission."));
      world.removeRole(tenantId, permission.value, { resource: permission.resource });
      break;
    }
    case "outage":
      world.fault({ api: "graph", tenantId, fault: { kind: "status", status: 503, retryAfterSeconds: 5 } });
      break;
    case "recover":
      world.faults.clear({ api: "graph", tenantId });
      break;
    case "resolve":
    case "reopen":
      if (!tenant.alerts.has(alertId)) return pageAnswer(400, message("There is no such alert."));
      if (form.get("act") === "resolve") world.resolveInPortal(tenantId, alertId, by);
      else world.reopenInPortal(tenantId, alertId, by);
      break;
    default:
      return pageAnswer(400, message("There is no such button."));
  }
  return redirectAnswer(`/#${tenant.letter}`);
}

const mark = "Sandbox control: a simulation on this machine, not Microsoft";

/** A colleague's press of a button in Teams; what the bot says to it, where that is not a new card. */
async function click(teams: TeamsSandbox, form: URLSearchParams): Promise<Answer> {
  const answer = await clickAsColleague(teams, form);
  switch (answer.kind) {
    case "unknown":
      return pageAnswer(400, message("There is no such button any more."));
    case "said":
      return pageAnswer(200, message(answer.sentence, "Watchdesk answers"));
    case "shown":
      return redirectAnswer("/#colleague");
  }
}

async function say(teams: TeamsSandbox, form: URLSearchParams): Promise<Answer> {
  if (await sayInLines(teams, form)) return redirectAnswer("/#lines");
  return pageAnswer(400, message("There is nothing to say."));
}

function grantedTo(tenant: CustomerTenant): Permission[] {
  return allPermissions.filter(({ resource, value }) => tenant.grants[resource].has(value));
}

function keyOf({ resource, value }: Permission): string {
  return `${resource}/${value}`;
}

function message(text: string, title = "Nothing was changed"): string {
  return sandboxPage({
    title,
    mark,
    body: `<p>${escapeHtml(text)}</p><p><a href="/">Back</a></p>`,
  });
}

function controlPage(world: World, teams: TeamsSandbox): string {
  const body = `<p>What you do here happens at the simulated Microsoft. The bot notices at its next read.</p>
<p class="soft">${escapeHtml(world.clock.now().toISOString().slice(0, 16).replace("T", " "))} UTC. <a href="/">Reload</a></p>
${world.tenants.map((tenant) => section(world, tenant)).join("\n")}
${teams.seats === null ? "" : [colleagueSection(teams, teams.seats), sayInLinesSection(teams.seats)].join("\n")}`;
  return sandboxPage({ title: "Make things happen", mark, body, wide: true });
}

function section(world: World, tenant: CustomerTenant): string {
  const { tenantId } = tenant;
  const out = world.faults.active({ api: "graph", tenantId });
  const state = [
    tenant.consentedAt === null
      ? "no consent"
      : `consent given, ${tenant.grants.graph.size + tenant.grants.defender.size} permissions`,
    tenant.hasDefender ? "Defender for Endpoint" : "no Defender for Endpoint",
    out ? "Graph is out" : "Graph answers",
  ];
  const options = severities.map(
    (severity) => `<option${severity === "medium" ? " selected" : ""}>${severity}</option>`,
  );
  const rows = world.visibleAlerts(tenantId).slice(0, 10);
  return `<h2 id="${tenant.letter}">${tenant.letter}. ${escapeHtml(tenant.displayName)}</h2>
<p class="soft">${escapeHtml(state.join(" · "))}</p>
<form method="post" action="/do"><input type="hidden" name="tenant" value="${tenantId}"><div class="row">
<label>Severity <select name="severity">${options.join("")}</select></label>
${button("arrive", "New alert", "main")}${button("late", "Late alert (45 min)")}${button("storm", "Storm (50)")}
${out ? button("recover", "End Graph outage") : button("outage", "Graph outage")}
${tenant.consentedAt === null ? "" : button("revoke", "Revoke consent")}</div></form>
${tenant.consentedAt === null ? "" : permissionForm(tenant)}
${rows.length === 0 ? '<p class="soft">No alerts yet.</p>' : alertTable(tenant, rows)}`;
}

function permissionForm(tenant: CustomerTenant): string {
  const options = grantedTo(tenant).map((permission) => {
    const label = `${permission.value} (${resources[permission.resource].displayName})`;
    return `<option value="${keyOf(permission)}">${escapeHtml(label)}</option>`;
  });
  if (options.length === 0) return "";
  return `<form method="post" action="/do"><input type="hidden" name="tenant" value="${tenant.tenantId}"><div class="row">
<label>Permission <select name="permission">${options.join("")}</select></label>
${button("takeAway", "Take this permission away")}</div></form>`;
}

function button(name: string, label: string, kind = ""): string {
  return `<button${kind === "" ? "" : ` class="${kind}"`} type="submit" name="act" value="${name}">${label}</button>\n`;
}

function alertTable(tenant: CustomerTenant, rows: ReturnType<World["visibleAlerts"]>): string {
  const lines = rows.map(({ body }) => {
    const title = body.title ?? body.id;
    const short = title.length > 120 ? `${title.slice(0, 120)}...` : title;
    const status = `${body.status}${body.assignedTo === null ? "" : `, ${body.assignedTo}`}`;
    const comments = body.comments.length === 0 ? "" : ` · comments: ${body.comments.length}`;
    const resolved = body.status === "resolved";
    return `<tr><td>${escapeHtml(body.createdDateTime.slice(11, 16))} UTC</td><td>${escapeHtml(body.severity)}</td>
<td class="text"><bdi>${escapeHtml(short)}</bdi></td><td class="text">${escapeHtml(status + comments)}</td>
<td><form method="post" action="/do"><input type="hidden" name="tenant" value="${tenant.tenantId}">
<input type="hidden" name="alert" value="${escapeHtml(body.id)}">
${button(resolved ? "reopen" : "resolve", resolved ? "Reopen in portal" : "Resolve in portal")}</form></td></tr>`;
  });
  return `<div class="scroll"><table><tr><th>Created</th><th>Severity</th><th>Title</th><th>Status in Defender</th><th></th></tr>
${lines.join("\n")}</table></div>`;
}
