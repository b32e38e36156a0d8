import { expect, it } from 'vitest';
import { TrustedPeersError, trustedPeers } from './trusted-peers.ts';

it.each([
  ['10.1.2.3', true],
  ['::ffff:10.1.2.3', true],
  ['11.0.0.1', false],
  ['192.0.2.7', true],
  ['192.0.2.8', false],
  ['2001:db8::5', true],
  ['2001:db9::5', false],
  ['no address', false],
])('trusts %s: %s', (address, trusted) => {
  expect(trustedPeers(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])(address)).toBe(trusted);
});

it.each(['10.0.0.0/33', 'pbx.example', '10.0.0.0/', '::1/129', ''])('refuses the entry %j', (entry) => {
  expect(() => trustedPeers([entry])).toThrow(TrustedPeersError);
});

it('trusts nobody by default', () => {
  expect(trustedPeers([])('127.0.0.1')).toBe(false);
});
