import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('the settings', () => {
  it('all have defaults but the identity, which is the host', () => {
    expect(readConfig([], {})).toMatchObject({
      namespace: 'medlyssning-system',
      metrics: { host: '127.0.0.1', port: 9465 },
      'log-level': 'info',
      identity: expect.stringMatching(/.+/),
    });
  });

  it('come from the command line, then from the environment', () => {
    const env = {
      MEDLYSSNING_LOG_LEVEL: 'warn',
      MEDLYSSNING_IDENTITY: 'pod-1',
      MEDLYSSNING_METRICS: '[::1]:0',
    };
    const config = readConfig(['--log-level', 'debug', '--namespace=voice'], env);
    expect(config).toMatchObject({
      'log-level': 'debug',
      namespace: 'voice',
      identity: 'pod-1',
      metrics: { host: '::1', port: 0 },
    });
  });

  it.each([
    ['an unknown flag', ['--nemespace=x'], 'nemespace'],
    ['a flag without value', ['--namespace'], 'namespace'],
    ['a namespace that is none', ['--namespace=Voice!'], '--namespace'],
    ['an address that is none', ['--metrics=9465'], 'write HOST:PORT'],
    ['a port that is none', ['--metrics=localhost:70000'], 'write HOST:PORT'],
    ['an identity that no header takes', ['--identity=pod 1'], '--identity'],
    ['a level that is none', ['--log-level=loud'], '--log-level'],
  ])('refuse %s', (_, args, said) => {
    expect(() => readConfig(args, {})).toThrow(ConfigError);
    expect(() => readConfig(args, {})).toThrow(said);
  });
});
