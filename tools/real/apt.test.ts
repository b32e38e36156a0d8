import { expect, test } from 'vitest';
import { keptSettings, mainDebianMirror } from './apt.ts';

test('the main archive is chosen among the repositories of apt', () => {
  const addresses = [
    'http://mirror.example/debian-security/',
    'http://mirror.example/proxy/debian/',
    'https://deb.nodesource.example/node_20.x',
  ];
  expect(mainDebianMirror(addresses.join('\n'))).toBe('http://mirror.example/proxy/debian/');
});

test('Ubuntu has none', () => {
  expect(mainDebianMirror('http://archive.ubuntu.example/ubuntu/\n')).toBeUndefined();
});

test('of the settings those for fetching are kept', () => {
  const dump = [
    'APT::Architecture "amd64";',
    'Acquire::http "";',
    'Acquire::http::Proxy "http://proxy.example:3128";',
    'Acquire::https::Verify-Peer "true";',
    'Acquire::Retries "3";',
    'Acquire::cdrom::mount "/media/cdrom/";',
    'Dir::Cache "var/cache/apt";',
  ];
  expect(keptSettings(dump.join('\n')).trim().split('\n')).toEqual(dump.slice(2, 5));
});
