import { describe, expect, it } from 'vitest';
import { decide } from '../decide/decide.ts';
import { allowedInput, startedIn } from '../decide/made-up.ts';
import { admissionReasons, endReasons } from '../reasons.ts';
import { explainVerdict } from './explain-verdict.ts';
import { reasonText } from './reason-text.ts';

const names = { listener: 'Karin', target: 'Anna' };

describe('explainVerdict', () => {
  const refused = decide(
    allowedInput({ call: { callId: 'call-1', targetProfile: startedIn('lunch', false), listeners: 0 } }),
  );

  it('says the answer, then each rule and what decided it', () => {
    const lines = explainVerdict(refused, names, 'en');
    expect(lines[0]).toBe('Karin may not listen to Anna: ProfileForbids.');
    expect(lines).toContain('R2  Karin holds the right to listen: yes');
    expect(lines).toContain(
      'R4  The profile active when the call started allows listening: NO (ProfileForbids; see Profile.spec.allowListening)',
    );
    expect(lines).toHaveLength(1 + refused.rules.length);
  });

  it('says it in Swedish too', () => {
    const lines = explainVerdict(refused, names, 'sv');
    expect(lines[0]).toBe('Karin får inte lyssna på Anna: ProfileForbids.');
    expect(lines).toContain('R2  Karin har rättigheten att lyssna: ja');
    expect(explainVerdict(decide(allowedInput()), names, 'sv')[0]).toBe('Karin får lyssna på Anna.');
  });

  it('tells what was not asked', () => {
    const lines = explainVerdict(decide(allowedInput({ target: undefined })), names, 'en');
    expect(lines).toContain("R10 Anna is of Karin's company: not asked");
    expect(lines).toContain(
      'R9  The number or name dialled names a colleague: NO (TargetUnknown; see User.spec.fixedNumber)',
    );
  });
});

describe('reasonText', () => {
  it.each([...admissionReasons, ...endReasons])('%s is one sentence in each language', (reason) => {
    for (const language of ['en', 'sv'] as const) {
      expect(reasonText(reason, language)).toMatch(/^[A-ZÅÄÖ][^."\\\r\n]+\.$/);
    }
    expect(reasonText(reason, 'sv')).not.toBe(reasonText(reason, 'en'));
  });

  it.each(['ListenerUnknown', 'ListenerLicenseMissing', 'ListenerRightMissing'] as const)(
    '%s says nothing about the target',
    (reason) => {
      expect(reasonText(reason, 'en')).not.toMatch(/colleague|call/);
    },
  );
});
