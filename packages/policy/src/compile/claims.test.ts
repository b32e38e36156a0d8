import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createClaimFinder } from './claims.ts';
import { company, user } from './made-up-resources.ts';
import { type NormalisedUser, normaliseUser } from './normalise-user.ts';

const plan = company().spec;
const byName = (users: readonly NormalisedUser[]) =>
  new Map(users.map((normalised) => [normalised.user.metadata.name, normalised]));
/** Few names and extensions, so that they collide. */
const someUsers = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('anna', 'bo', 'cilla', 'eva'),
      extension: fc.constantFrom('401', '402', '403'),
    }),
    { selector: ({ name }) => name },
  )
  .map((users) =>
    users
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, extension }) => normaliseUser(user(name, { extension, subject: extension }), plan)),
  );

it('finds what several claim, with their names in order', () => {
  const users = ['eva', 'anna', 'bo'].map((name) =>
    normaliseUser(user(name, { extension: name === 'bo' ? '402' : '401' }), plan),
  );
  expect([...createClaimFinder()(byName(users))]).toEqual([['extension:401', ['anna', 'eva']]]);
});

it('finds the same whether it remembers or begins anew, whatever changed', () => {
  fc.assert(
    fc.property(fc.array(someUsers, { minLength: 1, maxLength: 8 }), (states) => {
      const find = createClaimFinder();
      for (const users of states) {
        const sorted = (taken: ReturnType<typeof find>) =>
          [...taken].toSorted(([a], [b]) => (a < b ? -1 : 1));
        expect(sorted(find(byName(users)))).toEqual(sorted(createClaimFinder()(byName(users))));
      }
    }),
  );
});
