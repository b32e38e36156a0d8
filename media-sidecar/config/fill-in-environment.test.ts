import { expect, test } from 'vitest';
import { fillInEnvironment } from './fill-in-environment.ts';

const environment = { POD_IP: '10.0.0.7', POD_NAME: 'media-0', EMPTY: '' };
/** `${NAME}`, as it stands in YAML. */
const variable = (name: string) => `\${${name}}`;

test('fills in variables wherever a text stands', () => {
  const listen = [`tcp:${variable('POD_IP')}:5070`, 'tcp:127.0.0.1:5070'];
  expect(
    fillInEnvironment({ node: variable('POD_NAME'), sip: { listen }, n: 1, no: null }, environment),
  ).toEqual({
    value: { node: 'media-0', sip: { listen: ['tcp:10.0.0.7:5070', 'tcp:127.0.0.1:5070'] }, n: 1, no: null },
    missing: [],
  });
});

test('what a variable holds is not filled in again', () => {
  const { value } = fillInEnvironment(variable('A'), { A: variable('B'), B: 'b' });
  expect(value).toBe(variable('B'));
});

test.each(['NONE', 'EMPTY', 'not a name', ''])('"%s" is missing, and said where', (name) => {
  const { missing } = fillInEnvironment({ sip: { listen: [`tcp:${variable(name)}:5070`] } }, environment);
  expect(missing).toEqual([`sip.listen.0: the environment variable ${name} is not set, or empty`]);
});
