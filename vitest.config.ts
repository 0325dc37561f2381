import { defineConfig } from 'vitest/config';

/**
 * Three projects: `domain` is pure and fast; `integration` has PostgreSQL and Temporal at hand (started once a run);
 * `e2e` are whole journeys, each file on a system of its own. Two workers: more only compete for a small machine's cores.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    pool: 'forks',
    passWithNoTests: true,
    teardownTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['{domain,config,printing}/**/*.test.ts'],
          environment: 'node',
          // Property tests try hundreds of cases; a busy machine takes its time.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [
            '{activities,api,bench,codec,deploy,embedded,kintone,scripts,simulate,store,testing,ui,worker,workflows}/**/*.test.{ts,tsx}',
          ],
          exclude: ['**/node_modules/**', '**/dist/**'],
          environment: 'node',
          globalSetup: ['testing/global-setup.ts'],
          // Limits are there for what never comes: a machine ten times slower than a developer's still keeps them.
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // What is waited for comes soon; on a busy machine not within the second that is usual.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          environment: 'node',
          globalSetup: ['testing/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 30_000 } },
          // After the others: they are the longest, and a machine that runs two systems has no room for a third.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
