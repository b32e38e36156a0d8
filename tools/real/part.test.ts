import { expect, test } from 'vitest';
import { isNewEnough, parts, versionIn } from './part.ts';

test.each([
  ['rtpengine', 'Version: 26.0.1.26+0~mr26.0.1.26', [26, 0, 1]],
  ['kamailio', 'version: kamailio 6.1.5 (x86_64/Linux)', [6, 1, 5]],
  ['sipp', ' SIPp v3.8.0-TLS-SCTP-PCAP.', [3, 8, 0]],
  ['baresip', 'baresip v1.1.0 Copyright (C) 2010 - 2021', [1, 1, 0]],
  ['espeak-ng', 'eSpeak NG text-to-speech: 1.52.0  Data at: /usr/lib', [1, 52, 0]],
  ['espeak-ng', 'eSpeak NG text-to-speech: 1.52  Data at: /usr/lib', [1, 52, 0]],
  ['etcd', 'etcd Version: 3.5.30', [3, 5, 30]],
  ['valkey-server', 'Valkey server v=9.1.2 sha=00000000:0', [9, 1, 2]],
  ['promtool', 'promtool, version 3.5.3+ds1 (branch: debian/sid)', [3, 5, 3]],
])('%s says its version', (name, printed, version) => {
  const part = parts.find((part) => part.name === name);
  expect(part && versionIn(part, printed)).toEqual(version);
});

test.each([
  [[26, 0, 1], true],
  [[26, 0, 0], false],
  [[26, 1, 0], true],
  [[27, 0, 0], true],
  [[12, 5, 1], false],
] as const)('rtpengine %s is new enough: %s', (version, enough) => {
  expect(isNewEnough(version, [26, 0, 1])).toBe(enough);
});
