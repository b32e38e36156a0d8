import { defineConfig } from 'vitest/config';

/** Of every project. */
const setupFiles = ['tools/full-length-properties.ts'];

/**
 * Unit tests stand beside their code and run in parallel. `*.real.test.ts` beside the code and all of e2e/ run real rtpengines and PBXs,
 * one file at a time, so that their timing is their own. `*.cluster.test.ts` need a control plane of Kubernetes (tools/control-plane) too;
 * each file starts one of its own, so that it may kill it and change what holds for the whole cluster. The call path runs twice: in e2e on a
 * directory of YAML, in e2e-cluster on an API server that has the same YAML.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'forks',
          setupFiles,
          include: [
            '{packages,media-sidecar,operator,cli,console,tools,demo,bench}/**/*.test.ts',
            'e2e/lib/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.real.test.ts', '**/*.cluster.test.ts', '**/*.pods.test.ts'],
          // They take milliseconds; a machine that is busy with something else may stop for seconds.
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          pool: 'forks',
          setupFiles,
          include: ['e2e/*.test.ts', '{packages,media-sidecar,operator,cli,tools,e2e}/**/*.real.test.ts'],
          exclude: ['**/node_modules/**', '**/*.cluster.test.ts', 'e2e/cluster-*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e-cluster',
          pool: 'forks',
          setupFiles,
          include: ['e2e/{listening,audio-matrix,follow,rules-*,cluster-*}.test.ts'],
          exclude: ['**/node_modules/**'],
          env: { MEDLYSSNING_E2E_POLICY: 'cluster' },
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'pods',
          pool: 'forks',
          setupFiles,
          include: ['e2e/cluster/*.test.ts', 'tools/cluster/*.pods.test.ts'],
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          // From cold it builds kubelet and the images' bases first.
          hookTimeout: 1_800_000,
        },
      },
      {
        test: {
          name: 'cluster',
          pool: 'forks',
          setupFiles,
          include: ['{packages,operator,media-sidecar,cli,charts,tools,e2e}/**/*.cluster.test.ts'],
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
