import { defineConfig } from "vitest/config";

/** The store contract on stores with a fault in them; planted-faults.test.ts runs it and looks at what fails. */
export default defineConfig({
  test: {
    include: ["test/contract/store/planted-faults/*.contract.ts"],
    pool: "forks",
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
