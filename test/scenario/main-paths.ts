import type { CosmosRequest } from "../sandbox/cosmos/request-log.ts";
import type { Person } from "../sandbox/teams/teams-types.ts";
import { adminOf, beginConnection, connectTenant } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { seedTenants } from "./seed-tenants.ts";
import { ask, oneSaying } from "./story.ts";

/** What one walk along a path asks of Cosmos DB, beside what the clock's ticks ask anyway. */
export interface PathCharge {
  readonly requests: number;
  /** By the simulated server's model (request-charge.ts). */
  readonly requestUnits: number;
  /** Questions that went to all partitions. */
  readonly acrossPartitions: number;
}

/** One for each path that operations.md tells the charge of. */
export interface MainPaths {
  /** One look at what is due, with nothing due. */
  readonly tick: PathCharge;
  /** What is looked after once a minute, beside the ticks and the reads. */
  readonly minute: PathCharge;
  /** The read of one tenant that has nothing new. */
  readonly quietSync: PathCharge;
  /** An alert found, left open and shown. */
  readonly openAlert: PathCharge;
  /** An alert found, resolved, commented and shown. */
  readonly resolvedAlert: PathCharge;
  /** A press of Claim with the edit of the card. */
  readonly click: PathCharge;
  /** The console over 20 tenants, and over `manyTenants`. */
  readonly tenants: PathCharge;
  readonly tenantsOfMany: PathCharge;
  /** From an answer of the connect dialog to its next card. */
  readonly dialogStep: PathCharge;
}

const MINUTE = 60_000;
const TENANTS = 20;
const TIMES = 4;

/** Walks the main paths with the bot's data in the simulated Cosmos DB and gives what each asked of it. */
export async function walkMainPaths(manyTenants: number): Promise<MainPaths> {
  const house = await openHouse({ store: "cosmos" });
  try {
    return await walk(house, manyTenants);
  } finally {
    await house.close();
  }
}

async function walk(house: House, manyTenants: number): Promise<MainPaths> {
  const admin = await adminOf(house);
  const asked = async (work: () => Promise<unknown>): Promise<PathCharge> => {
    const log = requestsOf(house);
    log.clear();
    await work();
    return summed(log.all());
  };
  const minute = () => house.pass(MINUTE);
  const often = async (work: () => Promise<unknown>) => each(TIMES, await asked(() => times(TIMES, work)));

  await house.pass(MINUTE);
  const settled = await often(() => house.settle());
  const quietMinute = await often(minute);

  const { tenantId } = await connectTenant(house, admin, { organization: "Contoso Dental", key: "A" });
  await seedTenants(house, admin, TENANTS - 1);
  await times(2, minute);
  const withTenants = await often(minute);

  const arriving = async (title: string, alert: { severity: string; status?: string }) => {
    const path = await often(async () => {
      house.world.arrive(tenantId, { title, ...alert });
      await minute();
    });
    return without(path, withTenants);
  };
  const openAlert = await arriving("Left to people", { severity: "high", status: "inProgress" });
  const resolvedAlert = await arriving("Settled by policy", { severity: "low" });

  house.world.arrive(tenantId, { title: "To be claimed", severity: "high", status: "inProgress" });
  await minute();
  const card = oneSaying(house, admin, "To be claimed");
  const clicked = await asked(async () => {
    await house.sandbox.teams.click(admin, card, "alert.claim");
    await house.settle();
  });
  const tenants = await asked(() => ask(house, admin, "tenants"));
  const dialog = await connecting(house, admin, asked);

  await seedTenants(house, admin, manyTenants - TENANTS, TENANTS);
  const tenantsOfMany = await asked(() => ask(house, admin, "tenants"));
  return {
    tick: each(3, settled),
    minute: without(quietMinute, settled),
    quietSync: each(TENANTS, without(withTenants, quietMinute)),
    openAlert,
    resolvedAlert,
    click: without(clicked, settled),
    tenants,
    tenantsOfMany,
    dialogStep: dialog,
  };
}

/** The second of the dialog's turns, which answers with the consent card. */
async function connecting(
  house: House,
  admin: Person,
  asked: (work: () => Promise<unknown>) => Promise<PathCharge>,
): Promise<PathCharge> {
  const first = await asked(() => ask(house, admin, "connect tenant"));
  await ask(house, admin, "cancel");
  const both = await asked(() => beginConnection(house, admin, { organization: "Fabrikam", domain: "" }));
  return without(both, first);
}

function requestsOf(house: House) {
  const { cosmos } = house.store;
  if (cosmos === null) throw new Error("The house does not keep its data in Cosmos DB.");
  return cosmos.requests;
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await work();
}

function summed(requests: readonly CosmosRequest[]): PathCharge {
  return {
    requests: requests.length,
    requestUnits: requests.reduce((sum, { charge }) => sum + charge, 0),
    acrossPartitions: requests.filter(({ partition }) => partition === null).length,
  };
}

function each(count: number, path: PathCharge): PathCharge {
  return {
    requests: path.requests / count,
    requestUnits: path.requestUnits / count,
    acrossPartitions: path.acrossPartitions / count,
  };
}

function without(path: PathCharge, part: PathCharge): PathCharge {
  return {
    requests: path.requests - part.requests,
    requestUnits: path.requestUnits - part.requestUnits,
    acrossPartitions: path.acrossPartitions - part.acrossPartitions,
  };
}
