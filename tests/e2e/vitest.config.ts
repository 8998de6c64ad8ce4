import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['static/admin/src/**/*.test.ts', 'tests/e2e/**/*.spec.ts'],
    pool: 'forks',
    // Each file starts a cloud, a runtime and a browser: side by side they would only wait for each other.
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
