import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**", "**/node_modules/**"],
    // Processes, not threads: some tests change the working directory of, or kill, what they start.
    pool: "forks",
    testTimeout: 15_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
