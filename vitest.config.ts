import { defineConfig } from 'vitest/config';

/** Unit tests stand beside their code and run in parallel; whole-system tests own ports and processes, so they run one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'forks',
          include: ['{packages,media-sidecar,tools,demo,bench}/**/*.test.ts', 'e2e/lib/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'e2e',
          pool: 'forks',
          include: ['e2e/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
