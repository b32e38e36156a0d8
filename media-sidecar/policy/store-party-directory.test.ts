import { expect, it } from 'vitest';
import { ActiveProfiles } from './active-profiles.ts';
import { exampleIndex } from './example-index.fixture.ts';
import { storePartyDirectory } from './store-party-directory.ts';

const index = await exampleIndex();
const maxAge = index.company('acme/acme')?.listening.maxPolicyAgeMs ?? 0;
const profiles = new ActiveProfiles();
const anna = index.userByName('acme/acme', 'anna');
const annaAt = (ageMs: number) =>
  storePartyDirectory({ index, profiles, store: { ageMs: () => ageMs, partlyKnown: new Set() } }).whoIs(
    anna?.fixedNumber ?? '',
    'acme.example',
  );

it('knows who it is and the profile that is active', () => {
  expect(annaAt(0)).toMatchObject({
    company: 'acme/acme',
    user: 'anna',
    profile: { name: anna?.activeProfile.name, since: anna?.activeProfile.since },
  });
});

it.each([
  ['as old as the company lets it be', maxAge, false],
  ['older', maxAge + 1, true],
  ['of an age that a step of the clock made', -1, true],
])('takes the profile of a policy that is %s for one that may have been switched: %s', (_, age, doubtful) => {
  expect(annaAt(age)?.profile.since === Number.POSITIVE_INFINITY).toBe(doubtful);
});

it('takes a switch that came through this node at once (R4)', () => {
  if (!anna) throw new Error('anna is not in force');
  profiles.switch(anna, { name: 'lunch', since: Date.now() });
  expect(annaAt(0)?.profile).toMatchObject({ name: 'lunch', allowed: false });
});
