import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{forge,demonstration}/**/*.test.ts', 'benches/**/*.test.ts'],
    // A process each: the runtime lays down globals, as the platform does.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
