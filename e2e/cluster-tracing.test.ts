import { afterAll, beforeAll, expect, it } from 'vitest';
import { foundIn, identifying } from './lib/otlp/identifying.ts';
import { type OtlpReceiver, startOtlpReceiver } from './lib/otlp/otlp-receiver.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import type { Stage } from './lib/outcome/stage.ts';

let receiver: OtlpReceiver;
let stage: Stage;
beforeAll(async () => {
  receiver = await startOtlpReceiver();
  stage = await acmeStage(['anna'], { env: receiver.env });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

it('follows a policy by its revision: compiled, written, applied, decided by', async () => {
  const call = await stage.dial('karin-desk', '*28*0846500404');
  await call.ended;
  const decide = await receiver.span(
    ({ name, attributes }) => name === 'decide' && attributes['medlyssning.reason'] !== undefined,
  );
  const [revision] = decide.attributes['medlyssning.policy.revisions'] as readonly string[];
  expect(revision).toMatch(/^[0-9a-f]+$/);
  const write = await receiver.span(
    ({ name, attributes }) =>
      name === 'policy write' && attributes['medlyssning.policy.revision'] === revision,
  );
  const reconcile = await receiver.span(({ spanId }) => spanId === write.parentSpanId);
  expect(reconcile).toMatchObject({ name: 'reconcile', service: 'medlyssning-operator', parentSpanId: '' });
  expect(reconcile.attributes['medlyssning.policy.revisions']).toContain(revision);
  const apply = await receiver.span(
    ({ name, attributes }) =>
      name === 'policy apply' && attributes['medlyssning.policy.revision'] === revision,
  );
  expect(apply.service).toBe('medlyssning-sidecar');
  expect(apply.startNs >= write.startNs && apply.endNs <= decide.endNs).toBe(true);
});

it('exports nothing of the people that the operator compiles', () => {
  const sent = receiver.bodies.map(String).join('\n');
  expect(foundIn(sent, identifying(stage.world.tenants))).toEqual([]);
});
