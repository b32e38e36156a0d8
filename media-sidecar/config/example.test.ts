import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from './config.ts';
import { loadConfig } from './load-config.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const file = join(examples, 'sidecar.yaml');

it('takes examples/sidecar.yaml as it is', async () => {
  const config = await loadConfig(file);
  expect(config.policy).toEqual({ directory: join(examples, 'acme') });
  expect(config.sip.trustedPeers).toEqual(['127.0.0.1/32']);
});

it('finds every key there, the one for engines without a mirror in a comment', async () => {
  const text = await readFile(file, 'utf8');
  const keys = Object.keys(parse(text));
  expect(keys.toSorted()).toEqual(Object.keys(configSchema.shape).toSorted());
  expect(text).toMatch(/# poll: \{ intervalMs: \d+ \}/);
});

it('meets examples/kamailio.cfg at the addresses both have by default', async () => {
  const [config, pbx] = await Promise.all([
    loadConfig(file),
    readFile(join(examples, 'kamailio.cfg'), 'utf8'),
  ]);
  const byDefault = (name: string) => new RegExp(`#!define ${name} "?([^"\\n]+)`).exec(pbx)?.[1];
  expect(byDefault('SIDECAR_URI')).toBe(`sip:127.0.0.1:${config.sip.listen[0]?.port};transport=tcp`);
  expect(config.sip.outboundProxy).toBe(
    `sip:${byDefault('INTERNAL_IP')}:${byDefault('INTERNAL_PORT')};transport=tcp`,
  );
  expect(byDefault('RTPENGINE_SOCK')).toBe(`udp:127.0.0.1:${config.engines.call.ng.port}`);
});
