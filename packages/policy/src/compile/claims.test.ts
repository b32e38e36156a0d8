import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ClaimBook } from './claims.ts';
import { company, user } from './made-up-resources.ts';
import { type NormalisedUser, normaliseUser } from './normalise-user.ts';

const plan = company().spec;
const replace = (book: ClaimBook, before: readonly NormalisedUser[], after: readonly NormalisedUser[]) => {
  const claimsIn = (users: readonly NormalisedUser[], name: string) =>
    users.find(({ user }) => user.metadata.name === name)?.claims ?? [];
  const names = new Set([...before, ...after].map(({ user }) => user.metadata.name));
  return [...names].flatMap((name) => book.replace(name, claimsIn(before, name), claimsIn(after, name)));
};
const takenOf = (users: readonly NormalisedUser[]) => {
  const book = new ClaimBook();
  replace(book, [], users);
  return [...book.taken].toSorted(([a], [b]) => (a < b ? -1 : 1));
};
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
  expect(takenOf(users)).toEqual([['extension:401', ['anna', 'eva']]]);
});

it('finds the same whether it remembers or begins anew, and names all for whom something changed', () => {
  fc.assert(
    fc.property(fc.array(someUsers, { minLength: 1, maxLength: 8 }), (states) => {
      const book = new ClaimBook();
      let before: readonly NormalisedUser[] = [];
      for (const users of states) {
        const earlier = new Map(takenOf(before));
        const concerned = replace(book, before, users);
        const now = takenOf(users);
        expect([...book.taken].toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual(now);
        for (const [claim, names] of now)
          if (names.join() !== earlier.get(claim)?.join())
            expect(concerned).toEqual(expect.arrayContaining([...names]));
        before = users;
      }
    }),
  );
});
