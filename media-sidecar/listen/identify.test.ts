import type { PolicyIndex } from '@medlyssning/policy';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleIndex } from '../policy/example-index.fixture.ts';
import type { ListenerClaim } from './ask.ts';
import { identify } from './identify.ts';

let index: PolicyIndex;
beforeAll(async () => {
  index = await exampleIndex();
});

const claim = (over: Partial<ListenerClaim>): ListenerClaim => ({
  identities: [],
  device: undefined,
  accessNetwork: undefined,
  ...over,
});
const who = (over: Partial<ListenerClaim>) => {
  const { listener, device } = identify(index, claim(over));
  return [listener?.name, device.kind === 'known' ? device.device.name : 'unknown'];
};

describe('who asks (R8, R10)', () => {
  it.each([
    [
      'fixed number and device header',
      { identities: ['sip:+46846500401@acme.example'], device: 'karin-desk' },
      ['karin', 'karin-desk'],
    ],
    ['a device’s own address', { identities: ['sip:karin-desk@acme.example'] }, ['karin', 'karin-desk']],
    [
      'the SIM’s number, whatever the host',
      { identities: ['sip:+46701740611@operator.example'] },
      ['karin', 'karin-mobile'],
    ],
    ['the SIM’s number as a tel URI', { identities: ['tel:+46701740612'] }, ['sven', 'sven-mobile']],
    [
      'a mobile access network beside the fixed number',
      { identities: ['sip:+46846500402@acme.example'], accessNetwork: '3GPP-E-UTRAN-FDD' },
      ['sven', 'sven-mobile'],
    ],
    ['the fixed number alone', { identities: ['sip:+46846500401@acme.example'] }, ['karin', 'unknown']],
    [
      'a device that is someone else’s',
      { identities: ['sip:+46846500401@acme.example'], device: 'anna-desk' },
      ['karin', 'unknown'],
    ],
    [
      'a device nobody has, although the address names one',
      { identities: ['sip:karin-desk@acme.example'], device: 'nope' },
      ['karin', 'unknown'],
    ],
    [
      'a Wi-Fi access network',
      { identities: ['sip:+46846500402@acme.example'], accessNetwork: 'IEEE-802.11' },
      ['sven', 'unknown'],
    ],
    [
      'two identities of one person',
      { identities: ['sip:karin-desk@acme.example', 'tel:+46846500401'] },
      ['karin', 'karin-desk'],
    ],
    [
      'two identities of two people',
      { identities: ['sip:karin-desk@acme.example', 'tel:+46846500402'] },
      [undefined, 'unknown'],
    ],
    ['an extension in the own domain', { identities: ['sip:401@acme.example'] }, ['karin', 'unknown']],
    [
      'the same extension in the other company',
      { identities: ['sip:401@beta.example'] },
      ['maja', 'unknown'],
    ],
    ['an extension in no company', { identities: ['sip:401@elsewhere.example'] }, [undefined, 'unknown']],
    ['no identity at all', { device: 'karin-desk' }, [undefined, 'unknown']],
    ['an identity that is none', { identities: ['sip:'] }, [undefined, 'unknown']],
  ] as const)('%s', (_, said, expected) => {
    expect(who(said)).toEqual(expected);
  });
});
