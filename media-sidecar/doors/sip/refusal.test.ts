import { admissionReasons, reasonText } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { notAcceptable, refusal } from './refusal.ts';

describe('a refusal in SIP', () => {
  it.each([
    ['ListenerUnknown', 403, 'Forbidden'],
    ['ListenerRightMissing', 403, 'Forbidden'],
    ['DeviceNotAllowed', 403, 'Forbidden'],
    ['ProfileForbids', 403, 'Forbidden'],
    ['TargetUnknown', 404, 'Not Found'],
    ['TargetNotInCall', 480, 'Temporarily Unavailable'],
    ['ListenerLineBusy', 486, 'Busy Here'],
    ['TooManyListeners', 486, 'Busy Here'],
    ['ToneFailed', 503, 'Service Unavailable'],
    ['Draining', 503, 'Service Unavailable'],
  ] as const)('%s → %i %s', (reason, statusCode, reasonPhrase) => {
    expect(refusal(reason, 'sv')).toMatchObject({ statusCode, reasonPhrase });
  });

  it.each(admissionReasons)('%s: the code and a sentence, each in one line of ASCII quotes', (reason) => {
    for (const language of ['sv', 'en'] as const) {
      const { extraHeaders = [], statusCode } = refusal(reason, language);
      expect(extraHeaders.slice(0, 2)).toEqual([
        `Warning: 399 medlyssning "${reason}: ${reasonText(reason, language)}"`,
        `Reason: SIP;cause=${statusCode};text="${reason}"`,
      ]);
      expect(extraHeaders.join('')).not.toMatch(/[\r\n\\]/);
    }
  });

  it('asks a PBX to come back only where the node is at fault', () => {
    const retried = admissionReasons.filter((reason) =>
      refusal(reason, 'en').extraHeaders?.includes('Retry-After: 5'),
    );
    expect(retried).toEqual(admissionReasons.filter((reason) => refusal(reason, 'en').statusCode === 503));
  });

  it('of an offer that cannot be answered is the phone’s own fault', () => {
    expect(notAcceptable()).toMatchObject({ statusCode: 488, reasonPhrase: 'Not Acceptable Here' });
  });
});
