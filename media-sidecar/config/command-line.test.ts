import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';

test('a configuration, or the help', () => {
  expect(readCommandLine(['--config', 'a.yaml'])).toEqual({ help: false, config: 'a.yaml' });
  expect(readCommandLine(['--help', '--config', 'a.yaml'])).toEqual({ help: true });
});

test.each([
  [[], /use --config FILE/],
  [['--confg', 'a.yaml'], /'--confg'.*See --help\./s],
  [['--config'], /'--config.*See --help\./s],
  [['a.yaml'], /'a\.yaml'.*See --help\./s],
])('%j says what to write instead', (args, message) => {
  expect(() => readCommandLine(args)).toThrow(
    expect.objectContaining({ reason: 'ConfigInvalid', message: expect.stringMatching(message) }),
  );
});
