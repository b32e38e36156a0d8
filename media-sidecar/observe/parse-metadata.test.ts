import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMetadata } from './parse-metadata.ts';

describe('parseMetadata', () => {
  it('reads what the PBX of examples/kamailio.cfg writes', () => {
    expect(parseMetadata('domain:acme.example|caller:+46701234567|callee:+4681234510')).toEqual({
      domain: 'acme.example',
      caller: '+46701234567',
      callee: '+4681234510',
    });
  });

  it.each([
    ['keys of others are ignored', 'x:y|caller:101|queue:support', { caller: '101' }],
    ['an address may carry its domain', 'callee:anna@acme.example', { callee: 'anna@acme.example' }],
    [
      'values may be percent-encoded',
      'caller:anna%40acme.example|callee:%2B468',
      { caller: 'anna@acme.example', callee: '+468' },
    ],
    ['domains are compared in lower case', 'domain:ACME.example', { domain: 'acme.example' }],
    [
      'a SIP user may hold a colon only when encoded, and never a bar',
      'caller:1|2|callee:3',
      { caller: '1', callee: '3' },
    ],
    ['said twice is not known, even when both agree', 'caller:1|callee:2|callee:2', { caller: '1' }],
    ['broken escapes are not known', 'caller:%zz|callee:2', { callee: '2' }],
    ['control characters are not known', 'caller:1%0d%0a2|callee:2', { callee: '2' }],
    ['an empty value is not known', 'caller:|callee:2', { callee: '2' }],
    ['the state is early', 'callee:2|state:early', { callee: '2', state: 'early' }],
    ['or nothing else was said', 'state:early', { state: 'early' }],
    [
      'a state that is not known is taken for early',
      'callee:2|state:answered',
      { callee: '2', state: 'early' },
    ],
    ['and so is one said twice, or empty', 'state:|callee:2|state:', { callee: '2', state: 'early' }],
    ['a prototype key is a key like any other', '__proto__:x|callee:2', { callee: '2' }],
  ])('%s', (_, text, expected) => {
    expect(parseMetadata(text)).toEqual({
      domain: undefined,
      caller: undefined,
      callee: undefined,
      ...expected,
    });
  });

  it.each(['', '|', ':', 'caller', 'Caller:1', `caller:${'1'.repeat(2000)}`])(
    'knows nothing from %j',
    (text) => {
      expect(parseMetadata(text)).toBeUndefined();
    },
  );

  it('never throws and never passes on a control character', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((s) => `caller:${s}|callee:${encodeURIComponent(s)}`),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const { domain = '', caller = '', callee = '' } = parseMetadata(text) ?? {};
        expect(`${domain}${caller}${callee}`).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });
});
