import { expect, it } from 'vitest';
import { connect } from './connect.ts';

it.each(['tcp:127.0.0.1:2223', 'udp:localhost:1', 'tcp:[::1]:65535'])('takes %s', async (url) => {
  await connect({ url }).close();
});

it.each([
  '127.0.0.1:2223',
  'tcp:127.0.0.1',
  'tcp::2223',
  'http://127.0.0.1:2223',
  'udp:::1:2223',
  'udp:host:65536',
  'udp:host:0',
])('refuses %s', (url) => {
  expect(() => connect({ url })).toThrow(/write tcp:HOST:PORT or udp:HOST:PORT/);
});

it('refuses JSON over TCP, which rtpengine would never answer', () => {
  expect(() => connect({ url: 'tcp:127.0.0.1:2223', format: 'json' })).toThrow(/does not read JSON over TCP/);
});
