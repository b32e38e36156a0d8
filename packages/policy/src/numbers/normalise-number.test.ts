import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseAddress } from './normalise-address.ts';
import { normaliseNumber } from './normalise-number.ts';
import { shortenNumber } from './shorten-number.ts';

const sweden = { country: 'SE' };

describe('normaliseNumber', () => {
  it.each([
    '081234510',
    '08-123 45 10',
    '(08) 123 45 10',
    '08/123 45 10',
    '+4681234510',
    '+46 8 123 45 10',
    '+46 (0)8 123 45 10',
    '004681234510',
    'tel:+46-8-123-45-10',
    'tel:+4681234510;isub=1',
    'TEL:08-1234510',
    'sip:081234510@acme.example',
    'sip:%2B4681234510@acme.example;user=phone',
    'sips:+4681234510@[2001:db8::1]:5061;transport=tls',
    'sip:+4681234510;npdi@192.0.2.1:5060?Subject=x',
    'sip:+4681234510:secret@acme.example',
    '+4681234510@acme.example',
    '  +4681234510 ',
  ])('%s is +4681234510 (R9)', (text) => {
    expect(normaliseNumber(text, sweden)).toBe('+4681234510');
  });

  it.each([
    ['an extension', '4510'],
    ['a short code', '112'],
    ['a number without its trunk prefix, which may be local', '81234510'],
    ['an international number without plus or 00', '4681234510'],
    ['a local number', 'tel:1234510;phone-context=+468'],
    ['a number with an extension behind it', 'tel:+4681234510;ext=12'],
    ['a name', 'anna'],
    ['an address', 'sip:anna@acme.example'],
    ['a host', 'sip:acme.example'],
    ['a vanity number', '0800-FLOWERS'],
    ['digits of another script', '٠٨١٢٣٤٥١٠'],
    ['a broken escape', 'sip:%2@acme.example'],
    ['an escape of a control character', 'sip:%2B46812345%0a10@acme.example'],
    ['a text with a number in it', 'call 081234510'],
    ['two numbers', '081234510,081234511'],
    ['nothing', ''],
    ['too long a number', '+46812345101234567890'],
    ['a text without end', '0'.repeat(100_000)],
  ])('%s is no number', (_what, text) => {
    expect(normaliseNumber(text, sweden)).toBeUndefined();
  });

  it.each([
    ['NO', '22 86 80 00', '+4722868000'],
    ['US', '(212) 555-0100', '+12125550100'],
    ['US', '1 212 555 0100', '+12125550100'],
    ['US', '011 46 8 123 45 10', '+4681234510'],
    ['GB', '020 7946 0000', '+442079460000'],
    ['DK', '32 12 34 56', '+4532123456'],
    ['IT', '06 6982 0000', '+390669820000'],
  ])('in %s, %s is %s', (country, text, expected) => {
    expect(normaliseNumber(text, { country })).toBe(expected);
  });

  it('reads international forms even where the country is unknown to it', () => {
    expect(normaliseNumber('+4681234510', { country: 'XX' })).toBe('+4681234510');
    expect(normaliseNumber('081234510', { country: 'XX' })).toBeUndefined();
  });

  it('gives E.164 or nothing, whatever comes in, and its own output again', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.stringMatching(/^(tel:|sips?:)?[+0-9 ().\-%;=@:/]{0,40}$/),
      fc.stringMatching(/^[+]?[0-9]{3,16}$/),
    );
    fc.assert(
      fc.property(hostile, fc.constantFrom('SE', 'US', 'DE', 'IT', 'AR', 'MX', ''), (text, country) => {
        const number = normaliseNumber(text, { country });
        if (number === undefined) return;
        expect(number).toMatch(/^\+[1-9]\d{3,14}$/);
        expect(normaliseNumber(number, { country: 'SE' })).toBe(number);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('normaliseAddress', () => {
  it.each([
    ['sip:Anna@Acme.Example:5060;transport=tcp', 'anna@acme.example'],
    ['anna@acme.example', 'anna@acme.example'],
    ['sips:an%6Ea:secret@acme.example?x=y', 'anna@acme.example'],
    ['sip:acme.example', undefined],
    ['sip:an na@acme.example', undefined],
    ['anna', undefined],
    ['tel:+4681234510', undefined],
    ['sip:a@b@acme.example', undefined],
  ])('%s is %s', (text, expected) => {
    expect(normaliseAddress(text)).toBe(expected);
  });

  it('is its own normal form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(sips?:)?[A-Za-z0-9%._+:-]{1,12}@[A-Za-z0-9.:;?=-]{1,20}$/), (text) => {
        const address = normaliseAddress(text);
        if (address !== undefined) expect(normaliseAddress(address)).toBe(address);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('shortenNumber', () => {
  it.each([
    ['+4681234510', '+46…510'],
    ['4510', '…10'],
    ['anna@acme.example', 'an…'],
    ['', '…'],
  ])('%s is shown as %s', (text, shown) => {
    expect(shortenNumber(text)).toBe(shown);
  });
});
