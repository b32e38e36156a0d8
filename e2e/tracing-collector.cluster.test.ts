import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collector, startCollector } from '@medlyssning/tools/collector/start-collector.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentedTrace, timeless, withTrace } from './lib/otlp/documented-trace.ts';
import { type OtlpReceiver, startOtlpReceiver } from './lib/otlp/otlp-receiver.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { listens } from './lib/outcome/listening.ts';
import type { Stage } from './lib/outcome/stage.ts';

const document = join(import.meta.dirname, '..', 'docs', 'tracing.md');
let workDir: string;
let receiver: OtlpReceiver;
let collector: Collector;
let stage: Stage;
beforeAll(async () => {
  workDir = await mkdtemp(join(tmpdir(), 'medlyssning-collector-'));
  receiver = await startOtlpReceiver();
  const { OTEL_EXPORTER_OTLP_ENDPOINT: to = '' } = receiver.env;
  collector = await startCollector(to, workDir);
  stage = await acmeStage(['anna'], {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' },
  });
}, 600_000);
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await collector?.process.stop();
  await receiver?.[Symbol.asyncDispose]();
  await rm(workDir, { recursive: true, force: true });
});

/** `npm test -- tracing-collector -u` writes the document anew, with the times of that run. */
it('docs/tracing.md shows a listen as a collector got it', async () => {
  const target = stage.talkOf('anna');
  // the first of a process makes its code warm and its connections stand
  for (const times of [1, 2, 3]) {
    await using _ = await listens(stage, { from: 'karin-desk', dials: '0846500403', target });
    await target.colleague.rtp.hear(10 * times);
  }
  const attempts = (await stage.world.audit()).filter((record) => record.record === 'attempt');
  const id = attempts.at(-1)?.id;
  const decide = await receiver.span(({ attributes }) => attributes['medlyssning.attempt.id'] === id);
  const isOf = ({ traceId }: { readonly traceId: string }) => traceId === decide.traceId;
  await receiver.span((span) => isOf(span) && span.name === 'SIP INVITE');
  await receiver.span((span) => isOf(span) && span.name === 'first packet');
  const text = await readFile(document, 'utf8');
  const written = withTrace(text, documentedTrace(receiver.spans.filter(isOf)));
  if (timeless(written) === timeless(text)) return;
  await expect(written).toMatchFileSnapshot(document);
});
