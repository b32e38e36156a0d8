import { ApiError, ApiUnreachable } from 'kube-runtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { EventStream, type ProfileSwitched } from '../events/event-stream.ts';
import { ActiveProfiles } from './active-profiles.ts';
import { exampleIndex } from './example-index.fixture.ts';
import { createProfileSwitch, type SwitchParts } from './switch-active-profile.ts';

const index = await exampleIndex();
const now = Date.parse('2026-11-24T12:00:00Z');
const minute = 60_000;

/** One User, kept as an API server keeps it. */
class OneUser {
  resourceVersion = 1;
  activeProfile: { name: string; since: string; previous?: string } | undefined;
  /** Thrown in place of the next answers, one by one. */
  readonly failures: unknown[] = [];
  /** Runs between reading and writing. */
  meanwhile = () => {};

  readonly api = {
    get: async () => {
      const user = {
        metadata: { name: 'anna', namespace: 'acme', uid: 'u', resourceVersion: `${this.resourceVersion}` },
        spec: { companyRef: { name: 'acme' }, profiles: ['inne', 'kundtjanst', 'lunch'] },
        ...(this.activeProfile && { status: { activeProfile: this.activeProfile } }),
      };
      this.meanwhile();
      return user;
    },
    apply: async (_: unknown, written: { metadata: { resourceVersion: string }; status: OneUser }) => {
      const failure = this.failures.shift();
      if (failure) throw failure;
      if (written.metadata.resourceVersion !== `${this.resourceVersion}`)
        throw new ApiError('it was changed', { status: 409, reason: 'Conflict' });
      this.write(written.status.activeProfile);
      return written;
    },
  };

  write(activeProfile: OneUser['activeProfile']): void {
    this.resourceVersion += 1;
    this.activeProfile = activeProfile;
  }
}

let user: OneUser;
let profiles: ActiveProfiles;
let events: EventStream<ProfileSwitched>;
let told: ProfileSwitched[];
let later: number;
const anna = () => {
  const row = index.userByName('acme/acme', 'anna');
  if (!row) throw new Error('anna is not in force');
  return row;
};
const activeName = () => profiles.of(anna()).name;
const switchTo = (profile: string, since: number, name = 'anna') =>
  // the part of the client that is asked
  createProfileSwitch({
    api: user.api as unknown as SwitchParts['api'],
    index,
    profiles,
    events,
    now: () => now,
  })({
    company: 'acme/acme',
    user: name,
    profile,
    since,
  });

beforeEach(() => {
  user = new OneUser();
  profiles = new ActiveProfiles();
  events = new EventStream((error) => {
    throw error;
  });
  told = [];
  events.subscribe((event) => told.push(event));
  later = Math.max(anna().activeProfile.since, now - minute);
});

describe('a switch of the active profile', () => {
  it('is written with what was before, and in effect', async () => {
    expect(await switchTo('lunch', now)).toMatchObject({ kind: 'switched', previous: 'inne' });
    expect(user.activeProfile).toEqual({
      name: 'lunch',
      since: '2026-11-24T12:00:00.000Z',
      previous: 'inne',
    });
    expect(activeName()).toBe('lunch');
    const [company, at] = ['acme/acme', now];
    const of = { company, user: 'anna', profile: 'lunch', previous: 'inne', since: now };
    expect(told).toEqual([{ kind: 'profileSwitched', at, ...of }]);
  });

  it('may be said twice', async () => {
    await switchTo('lunch', now);
    expect((await switchTo('lunch', now)).kind).toBe('switched');
    expect(user.resourceVersion).toBe(2);
  });

  it.each([
    ['of nobody', 'lunch', now, 'nobody', 'UserUnknown'],
    ['to a profile that the user has not', 'semester', now, 'anna', 'ProfileUnknown'],
    ['in the future', 'lunch', now + minute, 'anna', 'SinceInFuture'],
  ])('%s is refused', async (_, profile, since, name, reason) => {
    expect(await switchTo(profile, since, name)).toEqual({ kind: 'refused', reason });
    expect([user.resourceVersion, told]).toEqual([1, []]);
  });

  it('that comes late is refused: a later one stands', async () => {
    user.write({ name: 'inne', since: new Date(now).toISOString() });
    expect(await switchTo('lunch', later)).toEqual({ kind: 'refused', reason: 'SinceTooOld' });
    expect(user.activeProfile?.name).toBe('inne');
  });

  it('is written over what others write meanwhile, but not over a later switch', async () => {
    user.meanwhile = () => {
      user.meanwhile = () => {};
      user.write(undefined);
    };
    expect((await switchTo('lunch', later + 1)).kind).toBe('switched');
    user.meanwhile = () => {
      user.meanwhile = () => {};
      user.write({ name: 'inne', since: new Date(now).toISOString() });
    };
    expect(await switchTo('kundtjanst', now - 1)).toEqual({ kind: 'refused', reason: 'SinceTooOld' });
    expect(user.activeProfile?.name).toBe('inne');
  });

  it('that forbids is in effect although it could not be written', async () => {
    user.failures.push(new ApiUnreachable('Connection', 'gone'));
    expect((await switchTo('lunch', now)).kind).toBe('unwritten');
    expect([activeName(), told]).toEqual(['lunch', []]);
  });

  it('that allows is not in effect where it could not be written', async () => {
    await switchTo('lunch', now - 1);
    user.failures.push(new ApiUnreachable('Timeout', 'no answer'));
    expect((await switchTo('kundtjanst', now)).kind).toBe('unwritten');
    expect(activeName()).toBe('lunch');
  });

  it('gives up where it is overtaken again and again', async () => {
    user.meanwhile = () => user.write(undefined);
    expect(await switchTo('lunch', now)).toMatchObject({ kind: 'unwritten', cause: { reason: 'Conflict' } });
  });
});
