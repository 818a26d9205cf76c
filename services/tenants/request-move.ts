import { DAY, shift } from "../domain/instant.ts";
import type { MovedThings, MoveEnd, MoveRequest } from "../domain/move-request.ts";
import type { Person } from "../domain/person.ts";
import type { TenantLink } from "../domain/tenant-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { DeliveryStore } from "../ports/delivery-store.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { MoveStore } from "../ports/move-store.ts";
import type { Randomness } from "../ports/randomness.ts";
import type { AlertStore, LinkStore, OrganizationStore, SettingsStore, TenantScope } from "../ports/stores.ts";
import { type AdminStandingDeps, GRANT_RIPENS_AFTER, hasOtherApprover } from "./admin-standing.ts";
import { personActor } from "./change-journey.ts";
import { moveAudit } from "./change-move.ts";

/** How long a move waits for an approval. */
const MOVE_LIFETIME = 7 * DAY;

export interface PreviewMoveDeps {
  readonly links: Pick<LinkStore, "get" | "findByOrganization">;
  readonly organizations: Pick<OrganizationStore, "get">;
  readonly alerts: Pick<AlertStore, "counts">;
  readonly deliveries: Pick<DeliveryStore, "countShown">;
  readonly settings: Pick<SettingsStore, "get">;
  readonly moves: Pick<MoveStore, "openOf">;
}

export interface RequestMoveDeps extends PreviewMoveDeps, AdminStandingDeps {
  readonly moves: Pick<MoveStore, "openOf" | "create">;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Where a tenant is to go: an organization that is there, or one that is made when the move is asked for. */
export type MoveTarget =
  | { readonly kind: "organization"; readonly organizationId: string }
  | { readonly kind: "newOrganization"; readonly name: string };

export interface MovePreview {
  readonly link: TenantLink;
  readonly from: MoveEnd;
  /** Without an id: not made yet. */
  readonly to: { readonly organizationId: string | null; readonly name: string };
  readonly moved: MovedThings;
}

export type MoveObstacle =
  | { readonly kind: "tenantGone" }
  | { readonly kind: "organizationGone" }
  | { readonly kind: "sameOrganization"; readonly organizationName: string }
  | { readonly kind: "organizationHasTenant"; readonly organizationName: string; readonly tenantName: string }
  | { readonly kind: "openAlready"; readonly move: MoveRequest };

export type PreviewMoveOutcome = { readonly kind: "preview"; readonly preview: MovePreview } | MoveObstacle;
export type RequestMoveOutcome = { readonly kind: "requested"; readonly move: MoveRequest } | MoveObstacle;

/** What would move with the tenant, or why it cannot be moved there. Changes nothing. */
export async function previewMove(
  deps: PreviewMoveDeps,
  input: { scope: TenantScope; target: MoveTarget },
): Promise<PreviewMoveOutcome> {
  const { scope, target } = input;
  const link = (await deps.links.get(scope))?.value;
  if (link === undefined) return { kind: "tenantGone" };
  const open = await deps.moves.openOf(scope);
  if (open !== null) return { kind: "openAlready", move: open.value };
  const end =
    target.kind === "newOrganization" ? newEnd(target.name) : await freeEnd(deps, link, target.organizationId);
  if (end.kind !== "free") return end;
  const from = await deps.organizations.get(scope.accountId, link.organizationId);
  const preview = {
    link,
    from: { organizationId: link.organizationId, name: from?.name ?? link.tenantName },
    to: end.to,
    moved: await thingsOf(deps, scope),
  };
  return { kind: "preview", preview };
}

type FreeEnd = { readonly kind: "free"; readonly to: MovePreview["to"] };

function newEnd(name: string): FreeEnd {
  return { kind: "free", to: { organizationId: null, name } };
}

async function freeEnd(
  deps: PreviewMoveDeps,
  { accountId, organizationId }: TenantLink,
  toOrganizationId: string,
): Promise<FreeEnd | MoveObstacle> {
  const [to, holder] = await Promise.all([
    deps.organizations.get(accountId, toOrganizationId),
    deps.links.findByOrganization(accountId, toOrganizationId),
  ]);
  if (to === null) return { kind: "organizationGone" };
  if (to.id === organizationId) return { kind: "sameOrganization", organizationName: to.name };
  if (holder !== null) {
    return { kind: "organizationHasTenant", organizationName: to.name, tenantName: holder.tenantName };
  }
  return { kind: "free", to: { organizationId: to.id, name: to.name } };
}

/**
 * Stores the wish to move a tenant and has the admins told. It needs another admin's approval; where nobody else could
 * give one, it is carried out after 24 hours in which every admin can stop it.
 */
export async function requestMove(
  deps: RequestMoveDeps,
  input: { scope: TenantScope; toOrganizationId: string; by: Person; where: string },
): Promise<RequestMoveOutcome> {
  const { scope, toOrganizationId } = input;
  const outcome = await previewMove(deps, {
    scope,
    target: { kind: "organization", organizationId: toOrganizationId },
  });
  if (outcome.kind !== "preview") return outcome;
  const { link, from, moved } = outcome.preview;
  const to: MoveEnd = { organizationId: toOrganizationId, name: outcome.preview.to.name };
  const { accountId, tenantId } = scope;
  const now = deps.clock.now();
  const approvable = await hasOtherApprover(deps, { accountId, personId: input.by.id, now });
  const move: MoveRequest = {
    accountId,
    id: deps.randomness.id(),
    tenantId,
    tenantName: link.tenantName,
    from,
    to,
    moved,
    requestedBy: input.by,
    requestedAt: now,
    requestedIn: input.where,
    state: "pending",
    carryOutAt: approvable ? null : shift(now, GRANT_RIPENS_AFTER),
    expiresAt: shift(now, MOVE_LIFETIME),
    decidedBy: null,
    decidedAt: null,
    doneAt: null,
    undoUntil: null,
    explanation: null,
    revision: 1,
    cards: [],
    renewal: null,
    dueAt: now,
  };
  const step = { verb: "tenant.requestMove", actor: personActor(input.by), before: from.name, after: to.name };
  const created = await deps.moves.create({ move, audit: moveAudit(deps, move, { ...step, where: input.where }) });
  if (created.kind === "openAlready") return created;
  deps.queue.add({ kind: "advance-move", moveId: move.id });
  return { kind: "requested", move };
}

async function thingsOf(deps: PreviewMoveDeps, scope: TenantScope): Promise<MovedThings> {
  const [{ total }, cards, own] = await Promise.all([
    deps.alerts.counts(scope),
    deps.deliveries.countShown(scope),
    deps.settings.get(scope),
  ]);
  return { alerts: total, cards, settings: Object.keys(own.value).length };
}
