import { buildCollector } from './collector/build-collector.ts';
import { ensureHelm } from './helm/ensure-helm.ts';
import { ensureChromium } from './real/chromium.ts';
import { ensurePostgres } from './real/postgres.ts';
import { ensureShells } from './real/shells.ts';
import { ensureSchemathesis } from './schemathesis/ensure-schemathesis.ts';

type Bring = (onProgress: (line: string) => void) => Promise<unknown>;

/** Used by a few tests each, and brought by them where they run alone. */
const needs: readonly { readonly name: string; readonly project: string; readonly bring: Bring }[] = [
  { name: 'Chromium', project: 'e2e', bring: ensureChromium },
  { name: 'PostgreSQL', project: 'e2e', bring: ensurePostgres },
  { name: 'shells', project: 'e2e', bring: ensureShells },
  { name: 'schemathesis', project: 'e2e', bring: ensureSchemathesis },
  { name: 'Helm 3', project: 'cluster', bring: (onProgress) => ensureHelm(3, onProgress) },
  { name: 'Helm 4', project: 'cluster', bring: (onProgress) => ensureHelm(4, onProgress) },
  { name: 'OpenTelemetry Collector', project: 'cluster', bring: buildCollector },
];

const tellEachMs = 2_000;

/**
 * Brings here what whole projects of tests need besides the real parts and Kubernetes, so that no test waits for an installation within
 * its own time. What cannot be brought is told; the tests that need it fail then, and say so themselves.
 * @param asksFor whether a project of vitest.config.ts is to be run
 */
export async function bringAll(
  asksFor: (project: string) => boolean,
  tell: (line: string) => void,
): Promise<void> {
  for (const { name, bring } of needs.filter(({ project }) => asksFor(project))) {
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1_000).toFixed(0)} s`;
    const progress = setInterval(() => tell(`Bringing ${name} here … ${seconds()}`), tellEachMs);
    try {
      await bring(tell);
    } catch (error) {
      tell(`${name} could not be brought here: ${error instanceof Error ? error.message : error}`);
    } finally {
      clearInterval(progress);
    }
    if (performance.now() - began > tellEachMs) tell(`${name} is here after ${seconds()}.`);
  }
}
