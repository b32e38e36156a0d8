import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOf } from './claim-of.ts';
import { parsedInvite } from './parsed.fixture.ts';

const karin = 'sip:+46846500401@acme.example';
const eva = 'sip:+46846500406@acme.example';
const claimed = (...headers: readonly string[]) => claimOf(parsedInvite(headers), 'X-Device');

describe('whom the PBX asserts (R8)', () => {
  it.each([
    [`<${eva}>`, [eva]],
    [eva, [eva]],
    [`"Eva Lind" <${eva}>`, [eva]],
    [`Eva <${eva}>, <tel:+46846500406>`, [eva, 'tel:+46846500406']],
    [`"Lind, Eva \\"E\\"" <${eva}>`, [eva]],
    // a display name is often the phone's own word
    [`"<${karin}>" <${eva}>`, [eva]],
    [`"x, <${karin}>, y" <${eva}>`, [eva]],
    [`"\\"<${karin}>" <${eva}>`, [eva]],
    // what can be read in two ways is not read
    [`<${karin}> <${eva}>`, []],
    [`"<${karin}> <${eva}>`, []],
    [`${eva};x=<${karin}>`, []],
    [`<${karin};x="<${eva}>`, []],
    [`<<${karin}>>`, []],
    ['', []],
    ['<http://acme.example>', []],
  ])('%s → %j', (value, identities) => {
    expect(claimed(`P-Asserted-Identity: ${value}`).identities).toEqual(identities);
  });

  it('reads every line, in any case and folded, and no more than four URIs', () => {
    expect(
      claimed(`p-asserted-identity: <${eva}>`, `P-ASSERTED-IDENTITY:\r\n <${karin}>`).identities,
    ).toEqual([eva, karin]);
    const many = `P-Asserted-Identity: ${Array.from({ length: 9 }, () => `<${eva}>`).join(', ')}`;
    expect(claimed(many, many).identities).toHaveLength(4);
  });

  it('does not read a value longer than any honest one', () => {
    expect(claimed(`P-Asserted-Identity: <${karin}>;x="${'y'.repeat(2_000)}"`).identities).toEqual([]);
  });

  it('takes nothing from From, Contact, User-Agent or any other header', () => {
    expect(
      claimed(`P-Preferred-Identity: <${karin}>`, `Remote-Party-ID: <${karin}>`, 'User-Agent: X'),
    ).toEqual({
      identities: [],
      device: undefined,
      accessNetwork: undefined,
    });
  });

  it('never throws, and makes a URI out of nothing that stands in quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'"\\<>,;= a', karin) }), (name) => {
        const quotable = name.replace(/["\\]/g, '\\$&');
        expect(claimed(`P-Asserted-Identity: "${quotable}" <${eva}>`).identities).toEqual(
          quotable.length > 900 ? [] : [eva],
        );
        claimed(`P-Asserted-Identity: ${name}`);
      }),
    );
  });
});

describe('by which device', () => {
  it('is what the header says, whatever its case', () => {
    expect(claimed('x-device:  karin-desk ').device).toBe('karin-desk');
    expect(claimOf(parsedInvite(['X-Phone: karin-desk']), 'X-Phone').device).toBe('karin-desk');
  });

  it('is a name of no device where the header stands twice: one of the two may be the phone’s', () => {
    expect(claimed('X-Device: karin-desk', 'X-Device: karin-app').device).toBe('karin-desk, karin-app');
  });

  it('is not told by an access network that is said twice', () => {
    expect(claimed('P-Access-Network-Info: 3GPP-E-UTRAN').accessNetwork).toBe('3GPP-E-UTRAN');
    const twice = ['P-Access-Network-Info: 3GPP-E-UTRAN', 'P-Access-Network-Info: IEEE-802.11'];
    expect(claimed(...twice).accessNetwork).toBeUndefined();
  });
});
