import { expect, test } from 'vitest';
import { hierarchiesIn } from './cgroups.ts';

test('hierarchies of version 1 are told from that of version 2', () => {
  expect(hierarchiesIn('4:memory:/a/b\n2:cpu,cpuacct:/\n9:name=systemd:/\n0::/unified\n')).toEqual([
    { controllers: 'memory', folder: '/sys/fs/cgroup/memory/a/b' },
    { controllers: 'cpu,cpuacct', folder: '/sys/fs/cgroup/cpu,cpuacct/' },
    { controllers: 'name=systemd', folder: '/sys/fs/cgroup/systemd/' },
  ]);
});
