import { defineConfig } from 'vitest/config';

/**
 * Unit tests stand beside their code and run in parallel. `*.real.test.ts` beside the code and all of e2e/ run real rtpengines and PBXs,
 * one file at a time, so that their timing is their own.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'forks',
          include: ['{packages,media-sidecar,tools,demo,bench}/**/*.test.ts', 'e2e/lib/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.real.test.ts'],
        },
      },
      {
        test: {
          name: 'e2e',
          pool: 'forks',
          include: ['e2e/*.test.ts', '{packages,media-sidecar,tools,e2e}/**/*.real.test.ts'],
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
