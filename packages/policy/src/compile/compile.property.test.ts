import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Company, Entitlement, Profile, User } from '../generated/resources.ts';
import { type Compiled, compile, createCompiler, statusesByName } from './compile.ts';
import { company, licence, noon, profile, right, user } from './made-up-resources.ts';

const hour = 3_600_000;
/** Enough to be cut into several shards, few enough to meet each other. */
const name = fc.integer({ min: 0, max: 79 }).map((n) => `user-${n}`);
const extension = fc.constantFrom('401', '402', '403');

const someUser = fc
  .record({
    name,
    extension: fc.option(extension),
    team: fc.constantFrom('service', 'sales'),
    created: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
    active: fc.option(fc.constantFrom('inne', 'lunch', 'semester')),
    leaving: fc.boolean(),
    elsewhere: fc.constantFrom(false, false, false, true),
  })
  .map(({ name, extension, team, created, active, leaving, elsewhere }): User => {
    const made = user(
      name,
      {
        profiles: ['inne', 'lunch'],
        ...(extension !== null && { extension }),
        ...(elsewhere && { companyRef: { name: 'beta' } }),
      },
      {
        labels: { team },
        creationTimestamp: created,
        ...(leaving && { deletionTimestamp: '2026-03-01T11:59:59Z' }),
      },
    );
    return active === null
      ? made
      : { ...made, status: { activeProfile: { name: active, since: '2026-03-01T11:00:00Z' } } };
  });

const validity = fc.record(
  {
    validFrom: fc.constantFrom('2026-03-01T13:00:00Z', '2026-03-01T11:00:00Z'),
    validUntil: fc.constantFrom('2026-03-01T14:30:00Z', '2026-03-01T16:00:00Z', 'never'),
    seats: fc.integer({ min: 1, max: 40 }),
  },
  { requiredKeys: [] },
);
const someEntitlement = fc.oneof(
  fc
    .record({ name: fc.constantFrom('a', 'b'), team: fc.constantFrom('service', 'sales'), validity })
    .map(
      ({ name, team, validity }): Entitlement =>
        licence(name, { selector: { matchLabels: { team } }, ...validity }),
    ),
  fc
    .record({ name: fc.constantFrom('c', 'd'), users: fc.uniqueArray(name, { maxLength: 6 }), validity })
    .map(({ name, users, validity }): Entitlement => right(name, { users, ...validity })),
);
const someProfile = fc
  .record({ name: fc.constantFrom('inne', 'lunch'), allows: fc.boolean() })
  .map(({ name, allows }): Profile => profile(name, allows));
const someCompany = fc
  .record({
    ranges: fc.constantFrom(['+46846500'], ['+4670174']),
    license: fc.constantFrom('KundkontaktPro', 'Vxl'),
  })
  .map(
    ({ ranges, license }): Company =>
      company({
        numberRanges: ranges,
        listening: { ...company().spec.listening, requires: { license, right: 'Medlyssning' } },
      }),
  );

type Change =
  | User
  | Entitlement
  | Profile
  | Company
  | { readonly kind: 'Gone'; readonly name: string }
  | { readonly kind: 'Later' };
const someChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: someUser },
  { weight: 2, arbitrary: someEntitlement },
  someProfile,
  someCompany,
  name.map((gone) => ({ kind: 'Gone', name: gone }) as const),
  fc.constant({ kind: 'Later' } as const),
);

it('comes to the same whether it remembers or begins anew, whatever happened in between', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(someChange, { minLength: 1, maxLength: 4 }), { maxLength: 20 }),
      (steps) => {
        const remembering = createCompiler();
        const users = new Map(Array.from({ length: 80 }, (_, i) => [`user-${i}`, user(`user-${i}`)]));
        const entitlements = new Map<string, Entitlement>();
        const profiles = new Map<string, Profile>();
        let [acme, now] = [company(), noon];
        let before: Compiled | undefined;
        const take = (change: Change) => {
          if (change.kind === 'User') users.set(change.metadata.name, change);
          else if (change.kind === 'Entitlement') entitlements.set(change.metadata.name, change);
          else if (change.kind === 'Profile') profiles.set(change.metadata.name, change);
          else if (change.kind === 'Company') acme = change;
          else if (change.kind === 'Gone') users.delete(change.name);
          else now = new Date(now.getTime() + hour);
        };
        for (const step of steps) {
          step.forEach(take);
          const input = {
            company: acme,
            users: [...users.values()],
            entitlements: [...entitlements.values()],
            profiles: [...profiles.values()],
            now,
          };
          const told = saidOfUsers(before);
          const result = remembering(input);
          const anew = compile(input);
          expect(textOf(result)).toBe(textOf(anew));
          const changed = saidOfUsers(anew).filter(([name, text]) => new Map(told).get(name) !== text);
          expect(result.changedUsers).toEqual(expect.arrayContaining(changed.map(([name]) => name)));
          before = anew;
        }
      },
    ),
    { numRuns: 150 },
  );
});

/** Without what only one of the two can know: when a condition was first seen to hold, and what was said before. */
const textOf = ({ changedUsers: _, ...compiled }: Compiled): string =>
  JSON.stringify([compiled, statusesByName(compiled.statuses.users)], (key, value) =>
    value instanceof Map ? [...value] : key === 'lastTransitionTime' ? undefined : value,
  );

const saidOfUsers = (compiled: Compiled | undefined): readonly (readonly [string, string])[] => {
  const rows = new Map(
    compiled?.policies.flatMap(({ spec }) => spec.users.map((row) => [row.name, row] as const)),
  );
  return [...(compiled ? statusesByName(compiled.statuses.users) : [])].map(([name, { conditions }]) => [
    name,
    JSON.stringify([
      rows.get(name),
      conditions?.map(({ status, reason, message }) => [status, reason, message]),
    ]),
  ]);
};
