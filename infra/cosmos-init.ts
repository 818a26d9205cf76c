// Sets up Cosmos DB for Watchdesk, or says what is missing and prints the Bicep that makes it: npm run cosmos:init
import { readFileSync } from "node:fs";
import { stderr, stdout } from "node:process";
import { readEnvironment } from "../services/config/environment.ts";
import { type CosmosSetting, loadCosmosSetting } from "../services/config/store-settings.ts";
import { Breakdown } from "../services/domain/breakdown.ts";
import { connectCosmos } from "../services/store/cosmos/connect-cosmos.ts";
import { initCosmos } from "../services/store/cosmos/init-cosmos.ts";

const outcome = loadCosmosSetting(readEnvironment());
if (outcome.kind === "problems") fail(outcome.problems);
const { setting } = outcome;
const connection = connectCosmos({ ...setting, key: setting.key?.reveal() ?? null });
try {
  const { done, missing } = await initCosmos(connection, { mayCreate: setting.key !== null });
  if (missing.length === 0)
    stdout.write(`${lines(done)}Cosmos DB is ready for Watchdesk: set STORE=cosmos and start it.\n`);
  else {
    stderr.write(`${lines([...done, ...missing])}${wayOn(setting)}`);
    stdout.write(readFileSync(new URL("cosmos.bicep", import.meta.url), "utf8"));
    process.exitCode = 1;
  }
} catch (cause) {
  if (!(cause instanceof Breakdown)) throw cause;
  fail([cause.detail === "no answer" ? silence(setting) : cause.message]);
} finally {
  connection.close();
}

/** Ends at once: the client may still be trying by itself. */
function fail(sentences: readonly string[]): never {
  stderr.write(`Cosmos DB is not set up:\n${lines(sentences)}`);
  process.exit(1);
}

function lines(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}\n`).join("");
}

function silence({ endpoint }: CosmosSetting): string {
  return `Nothing answers at ${endpoint}: look at COSMOS_ENDPOINT, the network, and the account's firewall.`;
}

function wayOn({ endpoint, database }: CosmosSetting): string {
  const account = new URL(endpoint).hostname.split(".")[0];
  return [
    "Deploy the Bicep that follows (infra/cosmos.bicep), and run `npm run cosmos:init` again:",
    "  az deployment group create --resource-group <group> --template-file infra/cosmos.bicep \\",
    `    --parameters accountName=${account} createAccount=false databaseName=${database} principalId=<object id>`,
    "",
  ].join("\n");
}
