import { defineConfig } from "vitest/config";

const EXCLUDED = ["test/browser/**", "**/node_modules/**"];

export default defineConfig({
  test: {
    // Processes, not threads: some tests change the working directory of, or kill, what they start.
    pool: "forks",
    // As many as the machines that this runs on have cores; the usual is one less.
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: "all", include: ["test/**/*.test.ts"], exclude: EXCLUDED } },
      // The stories once more, with the bot's data in Cosmos DB; but for those that choose their store themselves.
      {
        extends: true,
        test: {
          name: "stories on Cosmos DB",
          include: ["test/scenario/*.test.ts"],
          exclude: [...EXCLUDED, "test/scenario/{cosmos-*,kill}.test.ts"],
          env: { WATCHDESK_TEST_STORE: "cosmos" },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
