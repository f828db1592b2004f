import { defineConfig } from "vitest/config";

// Everything but test/e2e, which runs inside a real VS Code (scripts/e2e.mjs).
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "node_modules/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
