import type { PolicyIndex } from '@medlyssning/policy';
import { beforeEach, describe, expect, it } from 'vitest';
import { ActiveProfiles } from './active-profiles.ts';
import { examplePolicies } from './example-policies.fixture.ts';
import { PolicyStore } from './policy-store.ts';

const [acme] = await examplePolicies('acme');
if (!acme) throw new Error('examples/acme compiles to nothing');

let store: PolicyStore;
let index: PolicyIndex;
let profiles: ActiveProfiles;

const anna = () => {
  const row = index.userByName('acme/acme', 'anna');
  if (!row) throw new Error('anna is not in force');
  return row;
};
const active = () => profiles.of(anna());
const compiled = (name: string, since: string) =>
  store.apply(
    {
      ...acme,
      spec: {
        ...acme.spec,
        users: acme.spec.users.map((user) =>
          user.name === 'anna' ? { ...user, activeProfile: { name, since } } : user,
        ),
      },
    },
    since,
  );
const at = (minute: string) => Date.parse(`2026-11-24T12:${minute}:00Z`);

beforeEach(() => {
  store = new PolicyStore(() => 0);
  index = store.index;
  profiles = new ActiveProfiles();
  compiled('kundtjanst', '2026-11-24T12:00:00Z');
});

describe('the active profile (R4)', () => {
  it('is what the policy says, until it is switched', () => {
    expect(active()).toEqual({ name: 'kundtjanst', since: at('00') });
    profiles.switch(anna(), { name: 'lunch', since: at('05') });
    expect(active()).toEqual({ name: 'lunch', since: at('05') });
  });

  it('is not switched back by a policy that was compiled before', () => {
    profiles.switch(anna(), { name: 'lunch', since: at('05') });
    compiled('inne', '2026-11-24T12:04:00Z');
    profiles.settle(index);
    expect(active().name).toBe('lunch');
  });

  it('is what the policy says once that knows as much, or more', () => {
    profiles.switch(anna(), { name: 'lunch', since: at('05') });
    compiled('lunch', '2026-11-24T12:05:00Z');
    profiles.settle(index);
    compiled('inne', '2026-11-24T12:03:00Z');
    expect(active().name).toBe('inne');
    profiles.switch(anna(), { name: 'lunch', since: at('05') });
    compiled('kundtjanst', '2026-11-24T12:06:00Z');
    expect(active().name).toBe('kundtjanst');
  });

  it('stays where a switch comes late', () => {
    profiles.switch(anna(), { name: 'lunch', since: at('05') });
    profiles.switch(anna(), { name: 'inne', since: at('04') });
    expect(active().name).toBe('lunch');
    profiles.switch(anna(), { name: 'inne', since: at('05') });
    expect(active().name).toBe('lunch');
  });

  it('is forgotten with the user', () => {
    profiles.switch(anna(), { name: 'lunch', since: at('05') });
    store.remove('acme', acme.metadata.name);
    profiles.settle(index);
    compiled('kundtjanst', '2026-11-24T12:00:00Z');
    expect(active().name).toBe('kundtjanst');
  });
});
