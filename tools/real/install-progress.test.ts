import { expect, test } from 'vitest';
import { InstallProgress } from './install-progress.ts';

test('progress is told from what mmdebstrap, apt and dpkg print', () => {
  const progress = new InstallProgress();
  expect(progress.text()).toBe('0 %, starting');
  const shown = [
    'I: running apt-get update...',
    '0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.',
    'Get:1 http://mirror.example/debian forky/main amd64 libc6 amd64 2.42-1 [1 MB]',
    'Unpacking libc6:amd64 (2.42-1) ...',
    'Setting up libc6:amd64 (2.42-1) ...',
    '0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.',
    'Setting up kamailio (6.1.5-1) ...',
    'something else',
  ].map((line) => {
    progress.take(line);
    return progress.text();
  });
  expect(shown).toEqual([
    '0 %, running apt-get update',
    '0 %, running apt-get update',
    '10 %, fetching libc6',
    '20 %, unpacking libc6:amd64',
    '30 %, setting up libc6:amd64',
    '30 %, setting up libc6:amd64',
    '41 %, setting up kamailio',
    '41 %, setting up kamailio',
  ]);
});
