import { describe, expect, it } from 'vitest';
import { admissionReasons } from '../reasons.ts';
import { decide } from './decide.ts';
import { allowedInput, askingFrom, madeUpCompany, madeUpUser, startedIn } from './made-up.ts';
import { rules } from './rules.ts';

describe('decide', () => {
  it('lets Karin hear Anna, and says what that rests on', () => {
    expect(decide(allowedInput())).toMatchObject({
      kind: 'allowed',
      reason: 'Allowed',
      revisions: ['revision-of-karin', 'revision-of-anna'],
    });
  });

  it('asks the rules in the order of the reasons, which is that of rules.md', () => {
    const order = rules.map(({ reason }) => admissionReasons.indexOf(reason));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('goes on asking after a refusal, for the record, but not what has nothing to look at', () => {
    const { reason, rules: outcomes } = decide(
      allowedInput({ device: { kind: 'unknown' }, call: undefined }),
    );
    expect(reason).toBe('DeviceUnknown');
    expect(outcomes.map(({ reason, outcome }) => `${reason} ${outcome}`)).toEqual([
      'ListenerUnknown passed',
      'ListeningDisabled passed',
      'PolicyStale passed',
      'ListenerLicenseMissing passed',
      'ListenerRightMissing passed',
      'DeviceUnknown failed',
      'DeviceNotAllowed notAsked',
      'TargetUnknown passed',
      'TargetUnknown passed',
      'TargetIsListener passed',
      'TargetLicenseMissing passed',
      'TargetNotInCall failed',
      'ProfileAtStartUnknown notAsked',
      'ProfileForbids notAsked',
      'ListenerLineBusy passed',
      'TooManyListeners notAsked',
    ]);
  });

  it('keeps no record of another company (R10): nothing about the target is asked, nor its revision named', () => {
    const verdict = decide(allowedInput({ target: madeUpUser({ name: 'maja', company: 'beta/beta' }) }));
    const asked = verdict.rules.filter(
      ({ reason, outcome }) => /^(Target|Profile|TooMany)/.test(reason) && outcome !== 'notAsked',
    );
    expect(asked).toMatchObject([{ rule: 'R10', reason: 'TargetUnknown', outcome: 'failed' }]);
    expect(verdict.revisions).toEqual(['revision-of-karin']);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'takes a policy of the age %d for stale',
    (policyAgeMs) => {
      expect(decide(allowedInput({ policyAgeMs })).reason).toBe('PolicyStale');
    },
  );

  it.each(['MobileSubscription', 'Desk', 'Softphone', 'Browser'] as const)('lets a %s ask (R8)', (kind) => {
    expect(decide(allowedInput({ device: askingFrom(kind) })).kind).toBe('allowed');
  });

  it('lets a company allow the mobile app after all (R8)', () => {
    const company = madeUpCompany({ allowedDevices: ['MobileApp'] });
    expect(decide(allowedInput({ company, device: askingFrom('MobileApp') })).kind).toBe('allowed');
  });

  it('refuses a profile that the target no longer has (R4)', () => {
    const call = { callId: 'call-1', targetProfile: startedIn('semester', true), listeners: 0 };
    expect(decide(allowedInput({ call })).reason).toBe('ProfileForbids');
  });

  it('refuses where the other colleague is no longer in the policy and both are asked (R4)', () => {
    const call = {
      callId: 'call-1',
      targetProfile: startedIn('inne', true),
      otherColleague: { user: undefined, profile: startedIn('inne', true) },
      listeners: 0,
    };
    expect(decide(allowedInput({ call })).kind).toBe('allowed');
    expect(decide(allowedInput({ call, company: madeUpCompany({ internalCalls: 'Both' }) })).reason).toBe(
      'ProfileForbids',
    );
  });
});
