import { expect, test } from 'vitest';
import { kindNetwork } from './kind-network.ts';

const config = [{ Subnet: 'fc00:f853:ccd:e793::/64' }, { Subnet: '172.18.0.0/16', Gateway: '172.18.0.1' }];

test('the bridge is the wire, and trunks have its last addresses', () => {
  const network = { Id: '7f3a55c0ffee4711', IPAM: { Config: config } };
  expect(kindNetwork({ network, node: '172.18.0.2' })).toEqual({
    link: 'br-7f3a55c0ffee',
    prefixLength: 16,
    here: '172.18.0.1',
    node: '172.18.0.2',
    peers: ['172.18.255.253', '172.18.255.254'],
  });
});

test('a network without IPv4 will not do', () => {
  const network = { Id: '7f3a55c0ffee4711', IPAM: { Config: config.slice(0, 1) } };
  expect(() => kindNetwork({ network, node: '' })).toThrow('has no IPv4');
});
