import { openCosmosForTest } from "./open-cosmos-for-test.ts";
import { storeContract } from "./store-contract.ts";

storeContract("Cosmos DB", (clock) => openCosmosForTest(clock));
