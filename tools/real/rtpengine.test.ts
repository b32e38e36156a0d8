import { expect, test } from 'vitest';
import { engineArgs } from './rtpengine.ts';

const ports = { udp: 12002, tcp: 12003, cli: 12004, rtp: { min: 12006, max: 12405 } };

test('only the call engine mirrors its control traffic', () => {
  const mirror = expect.stringMatching('--homer');
  expect(engineArgs({ role: 'call', hep: { port: 9060 } }, '127.0.0.1', ports)).toContain(
    '--homer=127.0.0.1:9060',
  );
  expect(engineArgs({ role: 'call' }, '127.0.0.1', ports)).not.toContainEqual(mirror);
  expect(engineArgs({ role: 'listening', hep: { port: 9060 } }, '127.0.0.1', ports)).not.toContainEqual(
    mirror,
  );
});

test('only the listening engine has the long audio buffer that keeps it from aborting while it mixes', () => {
  expect(engineArgs({ role: 'listening' }, '127.0.0.1', ports)).toContain('--audio-buffer-length=3000');
  expect(engineArgs({ role: 'call' }, '127.0.0.1', ports)).not.toContain('--audio-buffer-length=3000');
});

test('only the listening engine is told how to learn where a phone’s RTP comes from; more options come after', () => {
  const learning = expect.stringMatching('--endpoint-learning');
  const extraArgs = ['--endpoint-learning=off'];
  expect(engineArgs({ role: 'listening', extraArgs }, '127.0.0.1', ports).slice(-2)).toEqual([
    '--endpoint-learning=heuristic',
    '--endpoint-learning=off',
  ]);
  expect(engineArgs({ role: 'call' }, '127.0.0.1', ports)).not.toContainEqual(learning);
});
