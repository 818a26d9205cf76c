import { afterAll } from "vitest";
import { storeContract } from "../store-contract.ts";
import { connectCosmosAccount } from "./cosmos-account.ts";

const account = await connectCosmosAccount(process.env);
afterAll(() => account.close());

storeContract("an account of Cosmos DB", account.open);
