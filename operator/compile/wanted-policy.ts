import type { ForkPolicy } from '@medlyssning/policy';

/** Media nodes watch the policies of their pool by it. */
const poolLabel = 'medlyssning.dev/pool';
const companyLabel = 'medlyssning.dev/company';

/** A compiled policy as it is written to a cluster: with the labels by which it is found. */
export const wantedPolicy = ({ apiVersion, kind, metadata, spec }: ForkPolicy): ForkPolicy => ({
  apiVersion,
  kind,
  metadata: {
    ...metadata,
    labels: { [poolLabel]: spec.company.mediaPool, [companyLabel]: spec.companyRef.name },
  },
  spec,
});
