import { expect, test } from 'vitest';
import { machinePathPattern, machinePathsIn } from './machine-paths.ts';

const pattern = machinePathPattern('/builds/me/medlyssning');
const home = ['', 'home', 'me', 'x'].join('/');
const root = ['', 'root', '.cache'].join('/');

test.each([
  [`see ${home}.log`, 1],
  [`"${root}/medlyssning"`, 1],
  ['cd /builds/me/medlyssning && npm test', 1],
  ['cd /builds/me/medlyssning-two', 0],
  ['GET /root or /home', 0],
  ['~/home/me/x and $HOME/root/x', 0],
  ['image: registry.example/root/x', 0],
])('%s', (text, count) => {
  expect(machinePathsIn('file', text, pattern)).toHaveLength(count);
});
