import { PolicyIndex } from '@medlyssning/policy';
import { examplePolicies } from './example-policies.fixture.ts';

/** The policy of `examples/acme` and `examples/beta`, in force. */
export const exampleIndex = async (): Promise<PolicyIndex> => {
  const index = new PolicyIndex();
  for (const company of ['acme', 'beta']) {
    for (const policy of await examplePolicies(company)) index.apply(policy);
  }
  return index;
};
