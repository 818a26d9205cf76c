import { openSqliteForTest } from "./open-sqlite-for-test.ts";
import { storeContract } from "./store-contract.ts";

storeContract("SQLite", openSqliteForTest);
