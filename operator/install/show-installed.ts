import type { Logger } from 'pino';
import type { Metrics } from '../telemetry/metrics.ts';
import { expectedKinds, expectedPolicies, type Flaw } from './find-flaws.ts';

/** Tells log and metrics what of the chart's installation is missing, too old or of no effect. */
export const showInstalled = (flaws: readonly Flaw[], metrics: Metrics, log: Logger): void => {
  for (const what of [...expectedKinds, ...expectedPolicies])
    metrics.installed.set({ what }, flaws.some(({ name }) => name === what) ? 0 : 1);
  for (const { name, reason, message } of flaws) log.error({ what: name, reason }, message);
  if (flaws.length === 0) log.info('CRDs and admission policies are there');
};
