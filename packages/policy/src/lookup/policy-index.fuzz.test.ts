import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ForkPolicy } from '../generated/resources.ts';
import { type PolicyUser, row, shard } from './made-up-policy.ts';
import { PolicyIndex } from './policy-index.ts';

const companies = ['acme', 'beta'];
const names = Array.from({ length: 12 }, (_, i) => `user-${i}`);
const numbers = Array.from({ length: 10 }, (_, i) => `+4684650040${i}`);

const users = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...names),
    fixedNumber: fc.option(fc.constantFrom(...numbers), { nil: undefined }),
    device: fc.option(fc.constantFrom(...numbers), { nil: undefined }),
  }),
  { selector: ({ name }) => name, maxLength: 8 },
);

const step = fc.record({
  company: fc.constantFrom(...companies),
  index: fc.constantFrom(0, 1),
  users: fc.option(users, { nil: undefined }),
});

/** Users of shard 0 have even numbers, as hashing would part them: shards of a company never share a user here. */
const inShard = (name: string, index: number) => Number(name.slice(5)) % 2 === index;

it('answers as a plain list of the ForkPolicies in force would, whatever was applied and removed before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const index = new PolicyIndex();
      const inForce = new Map<string, ForkPolicy>();
      for (const { company, index: part, users } of steps) {
        const rows = (users ?? [])
          .filter(({ name }) => inShard(name, part))
          .map(({ name, fixedNumber, device }) =>
            row(name, {
              ...(fixedNumber !== undefined && { fixedNumber }),
              devices: device === undefined ? [] : [{ name: 'd', kind: 'Desk', number: device }],
            }),
          );
        const policy = shard(company, rows, { index: part, count: 2 });
        if (users === undefined) {
          inForce.delete(policy.metadata.name);
          index.remove(company, policy.metadata.name);
        } else {
          inForce.set(policy.metadata.name, policy);
          index.apply(policy);
        }
      }
      const all = [...inForce.values()].flatMap(({ metadata, spec }) =>
        spec.users.map((user) => ({ user, company: `${metadata.namespace}/${spec.companyRef.name}` })),
      );
      for (const number of numbers) {
        const found = all.filter(({ user }) => has(user, number));
        const expected = found.length === 1 ? found[0] : undefined;
        const user = index.userByNumber(number);
        expect([user?.company, user?.name]).toEqual([expected?.company, expected?.user.name]);
      }
      for (const company of companies.map((name) => `${name}/${name}`)) {
        for (const name of names) {
          const expected = all.find((one) => one.company === company && one.user.name === name);
          expect(index.userByName(company, name)?.fixedNumber).toBe(expected?.user.fixedNumber);
        }
      }
    }),
    { numRuns: 150 },
  );
});

function has({ fixedNumber, devices }: PolicyUser, number: string): boolean {
  return fixedNumber === number || devices.some((device) => device.number === number);
}
