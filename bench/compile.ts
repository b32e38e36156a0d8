import { createCompiler } from '@medlyssning/policy';
import { type BenchRow, exactly } from './bench-row.ts';
import { company, entitlement, profile, user } from './large-company.ts';

const users = 50_000;
const now = new Date('2026-01-01T12:00:00Z');

/** `compile` of one company of 50,000 users: cold, after one user changed, and after a profile was switched off. */
export async function run(): Promise<BenchRow[]> {
  const compile = createCompiler();
  const people = Array.from({ length: users }, (_, i) => user(i));
  const entitlements = [
    entitlement('licence', { license: 'KundkontaktPro', selector: { matchLabels: { team: 'service' } } }),
    entitlement('right', {
      right: 'Medlyssning',
      users: people.slice(0, 1000).map(({ metadata }) => metadata.name),
    }),
  ];
  const input = { company, profiles: [profile('inne', true)], users: people, entitlements, now };

  const [cold, coldMs] = timed(() => compile(input));
  const changed = people.with(17, {
    ...user(17),
    status: { activeProfile: { name: 'inne', since: '2026-01-01T11:00:00Z' } },
  });
  const [one, oneMs] = timed(() => compile({ ...input, users: changed }));
  const rewritten = one.policies.filter((policy) => !cold.policies.includes(policy)).length;
  const profiles = [profile('inne', false)];
  const [, profileMs] = timed(() => compile({ ...input, users: changed, profiles }));
  return [
    { name: 'compile 50,000 users, cold', value: coldMs, unit: 'ms' },
    { name: 'compile 50,000 users, one user changed', value: oneMs, unit: 'ms' },
    {
      name: 'ForkPolicies rewritten for one user changed',
      value: rewritten,
      unit: `of ${one.policies.length}`,
      target: exactly(1),
    },
    { name: 'compile 50,000 users, a profile of all changed', value: profileMs, unit: 'ms' },
  ];
}

function timed<Result>(work: () => Result): [Result, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
