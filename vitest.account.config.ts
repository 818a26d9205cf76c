import { defineConfig } from "vitest/config";

/** The store contract on the account that COSMOS_ENDPOINT names: `npm run test:cosmos`. */
export default defineConfig({
  test: {
    include: ["test/contract/store/account/*.contract.ts"],
    pool: "forks",
    fileParallelism: false,
    // Across a network, and with the waits that Azure asks for.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
