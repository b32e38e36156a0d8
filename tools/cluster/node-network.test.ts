import { expect, test } from 'vitest';
import { nodeNetwork } from './node-network.ts';

test('each number has a network of its own', () => {
  expect(nodeNetwork(0)).toEqual({
    link: 'medly-0',
    prefixLength: 28,
    here: '100.64.0.1',
    node: '100.64.0.2',
    peers: ['100.64.0.3', '100.64.0.4'],
  });
  expect(nodeNetwork(11_001).here).toBe('100.66.175.145');
  expect(nodeNetwork(65_535).node).toBe('100.79.255.242');
});
