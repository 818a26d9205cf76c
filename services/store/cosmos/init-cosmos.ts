import { type ContainerDefinition, ErrorResponse } from "@azure/cosmos";
import { Breakdown } from "../../domain/breakdown.ts";
import { answerInTime } from "./answer-in-time.ts";
import type { CosmosConnection } from "./connect-cosmos.ts";
import { CONTAINER_DEFINITION, wrongParts } from "./container-definition.ts";
import { cosmosContainer } from "./cosmos-container.ts";
import { storeFailure } from "./cosmos-failure.ts";
import { initSchema } from "./schema-version.ts";

/** What stands ready and what does not, a sentence each. Where nothing is missing Watchdesk can start. */
export interface InitReport {
  readonly done: readonly string[];
  readonly missing: readonly string[];
}

/** Autoscale goes down to a tenth of it by itself. */
const MAX_THROUGHPUT = 1_000;

/**
 * Brings the database, the container and its schema item to what Watchdesk needs, and may be repeated at any time. An identity
 * is not allowed to create any but items, nor is every key: what is missing then is told, not made. Throws Breakdown
 * "store-unavailable" where Cosmos refuses or does not answer, or where the container is somebody else's.
 */
export async function initCosmos(
  connection: CosmosConnection,
  input: { readonly mayCreate: boolean },
): Promise<InitReport> {
  const report = { done: [] as string[], missing: [] as string[] };
  try {
    const isThere =
      (await prepareDatabase(connection, input, report)) && (await prepareContainer(connection, input, report));
    if (isThere) await prepareSchema(connection, report);
  } catch (error) {
    throw storeFailure(error);
  }
  return report;
}

interface Report {
  readonly done: string[];
  readonly missing: string[];
}

async function prepareDatabase(
  { client, database }: CosmosConnection,
  { mayCreate }: { mayCreate: boolean },
  { done, missing }: Report,
): Promise<boolean> {
  const name = `The database “${database.id}”`;
  if ((await found(async () => (await database.read()).resource)) !== null) {
    done.push(`${name} is there.`);
    return true;
  }
  if (mayCreate && (await allowed(() => client.databases.create({ id: database.id })))) {
    done.push(`${name} was created.`);
    return true;
  }
  missing.push(`${name} is missing, and this credential may not create it.`);
  return false;
}

async function prepareContainer(
  connection: CosmosConnection,
  { mayCreate }: { mayCreate: boolean },
  { done, missing }: Report,
): Promise<boolean> {
  const { container } = connection;
  const name = `The container “${container.id}”`;
  const definition = await found(async () => (await container.read()).resource);
  if (definition === null) {
    const created = mayCreate ? await createContainer(connection) : null;
    if (created === null) missing.push(`${name} is missing, and this credential may not create it.`);
    else done.push(`${name} was created, ${created}.`);
    return created !== null;
  }
  const wrong = wrongParts(definition);
  if (wrong.includes("partitionKey")) {
    const sentence = `${name} has another partition key than /pk, which cannot be changed: give another COSMOS_DATABASE, or delete the container.`;
    throw new Breakdown("store-unavailable", sentence);
  }
  const parts = wrong.map((part) => (part === "defaultTtl" ? "time to live" : "indexing policy")).join(" and ");
  if (parts === "") done.push(`${name} is there, as it has to be.`);
  else if (mayCreate && (await allowed(() => container.replace(corrected(definition)))))
    done.push(`${name} is there; its ${parts} was corrected.`);
  else missing.push(`${name} has another ${parts} than Watchdesk needs, and this credential may not change it.`);
  return true;
}

/** How it was created; null where this credential may not. */
async function createContainer({ database }: CosmosConnection): Promise<string | null> {
  try {
    const scaled = { ...CONTAINER_DEFINITION, maxThroughput: MAX_THROUGHPUT };
    const done = await allowed(() => database.containers.create(scaled));
    return done ? `with autoscale up to ${MAX_THROUGHPUT.toLocaleString("en")} RU/s` : null;
  } catch (error) {
    // The account's kind cannot be asked for here; a serverless one says so when it is given a throughput.
    if (!(error instanceof ErrorResponse && error.code === 400 && /serverless/i.test(error.message))) throw error;
    const done = await allowed(() => database.containers.create(CONTAINER_DEFINITION));
    return done ? "without a throughput, since the account is serverless" : null;
  }
}

function corrected(found: ContainerDefinition): ContainerDefinition {
  const { defaultTtl, indexingPolicy } = CONTAINER_DEFINITION;
  return { ...found, defaultTtl, indexingPolicy };
}

async function prepareSchema({ container }: CosmosConnection, { done }: Report): Promise<void> {
  const outcome = await initSchema(cosmosContainer(container, { storeCharge: () => undefined }));
  switch (outcome) {
    case "written":
      done.push("The schema version was written.");
      return;
    case "raised":
      done.push("The schema version was raised to that of this Watchdesk.");
      return;
    case "current":
      done.push("The schema version is that of this Watchdesk.");
      return;
    case "newerBeside":
      done.push("The schema version is a newer one, beside which this Watchdesk may run.");
      return;
  }
}

/** Null where it is not there. */
async function found<Definition>(read: () => Promise<Definition | undefined>): Promise<Definition | null> {
  try {
    return (await answerInTime(read)) ?? null;
  } catch (error) {
    if (error instanceof ErrorResponse && error.code === 404) return null;
    throw error;
  }
}

/** False where Cosmos forbids it: an account may take no such writes from keys. */
async function allowed(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ErrorResponse && error.code === 403) return false;
    throw error;
  }
}
