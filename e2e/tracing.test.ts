import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserStage, startBrowserStage } from './lib/browser/browser-stage.ts';
import { foundIn, identifying } from './lib/otlp/identifying.ts';
import { type OtlpReceiver, startOtlpReceiver } from './lib/otlp/otlp-receiver.ts';
import type { OtlpSpan } from './lib/otlp/otlp-span.ts';
import { traceTree } from './lib/otlp/trace-tree.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { listens } from './lib/outcome/listening.ts';
import type { Stage } from './lib/outcome/stage.ts';

let browser: BrowserStage;
let receiver: OtlpReceiver;
let stage: Stage;
beforeAll(async () => {
  browser = await startBrowserStage();
  receiver = await startOtlpReceiver();
  stage = await acmeStage(['anna', 'bo'], { ...browser.options, env: receiver.env });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

/** All of one trace, once its root is here: that is exported when all but the first packet has been. */
const traceOf = async ({ traceId }: OtlpSpan, root: string): Promise<readonly OtlpSpan[]> => {
  await receiver.span((span) => span.traceId === traceId && span.name === root);
  return receiver.spans.filter((span) => span.traceId === traceId);
};
const attempt = (id: string) => (span: OtlpSpan) =>
  span.name === 'decide' && span.attributes['medlyssning.attempt.id'] === id;

const steps = [
  'parties',
  '  ng query',
  'record attempt',
  'relay',
  '  ng subscribe request',
  '  ng subscribe request',
  '  ng publish',
  '  ng publish',
  '  ng subscribe answer',
  '  ng subscribe answer',
  'publish',
  '  ng publish',
  'sound',
  '  ng play media',
  'join',
  '  ng connect',
  'first packet',
  'record start',
];
/** As they stand in a tree, whatever of what runs side by side was first. */
const sorted = (lines: readonly string[]) => [...lines].sort();
const below = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

describe('one trace', () => {
  it('goes from the dialled code to the first packet, with each rule and the ng commands of each step', async () => {
    await using listen = await listens(stage, {
      from: 'karin-desk',
      dials: '0846500403',
      target: stage.talkOf('anna'),
    });
    const decide = await receiver.span(attempt(listen.attempt.id));
    await receiver.span((span) => span.traceId === decide.traceId && span.name === 'first packet');
    const trace = await traceOf(decide, 'SIP INVITE');
    const tree = traceTree(trace);
    // how often a question is asked to see that the mirror is up to date is for the moment to say
    const expected = ['SIP INVITE', '  decide', ...below(steps)];
    expect(
      sorted(tree.filter((line, n) => !(line === '    ng query' && tree[n - 1]?.includes('decide')))),
    ).toEqual(sorted(expected));
    const root = trace.find(({ name }) => name === 'SIP INVITE');
    expect(root).toMatchObject({
      kind: 2,
      parentSpanId: '',
      status: 0,
      attributes: { 'medlyssning.sip.status_code': 200, 'medlyssning.reason': 'Allowed' },
    });
    expect(decide.events.map(({ attributes }) => attributes['medlyssning.rule.outcome'])).toEqual(
      listen.attempt.rules.map(() => 'passed'),
    );
    const first = trace.find(({ name }) => name === 'first packet');
    expect(first?.attributes).toMatchObject({ 'medlyssning.packets.sent': expect.any(Number) });

    await listen.leave();
    const end = await receiver.span(
      ({ name, attributes }) => name === 'end' && attributes['medlyssning.attempt.id'] === listen.attempt.id,
    );
    expect(end).toMatchObject({
      attributes: { 'medlyssning.reason': 'ListenerHungUp' },
      links: [{ traceId: decide.traceId, spanId: root?.spanId }],
    });
    expect(end.traceId).not.toBe(decide.traceId);
  });

  it('shows of a refusal the rule that refused', async () => {
    const call = await stage.dial('karin-desk', '*28*0846500404');
    await call.ended;
    const decide = await receiver.span(
      ({ name, attributes }) => name === 'decide' && attributes['medlyssning.reason'] === 'ProfileForbids',
    );
    const failed = decide.events.filter(
      ({ attributes }) => attributes['medlyssning.rule.outcome'] === 'failed',
    );
    expect(failed).toMatchObject([
      {
        name: 'rule',
        attributes: { 'medlyssning.rule.id': 'R4', 'medlyssning.rule.reason': 'ProfileForbids' },
      },
    ]);
    const [root] = (await traceOf(decide, 'SIP INVITE')).filter(({ name }) => name === 'SIP INVITE');
    expect(root).toMatchObject({ status: 0, attributes: { 'medlyssning.sip.status_code': 403 } });
  });

  it('goes from POST /v1/listens by WHEP to the first packet', async () => {
    const page = await browser.page();
    const token = await browser.issuer.token('karin@acme.example');
    const { asked, answered } = await page.listen({ token, target: 'anna' });
    expect([asked.status, answered?.status]).toEqual([201, 201]);
    const decide = await receiver.span(attempt(JSON.parse(asked.text).id));
    await receiver.span((span) => span.traceId === decide.traceId && span.name === 'first packet');
    const tree = traceTree(await traceOf(decide, 'POST /v1/listens/:id/whep'));
    expect(tree[0]).toBe('POST /v1/listens');
    expect(tree).toContain('  POST /v1/listens/:id/whep');
    expect(sorted(tree.slice(tree.indexOf('  POST /v1/listens/:id/whep') + 1))).toEqual(
      sorted(below(below(steps))),
    );
    await page.stop(token);
    await page.close();
  });

  it('is in every line of the log that belongs to it', async () => {
    const log = (await readFile(join(stage.world.place.workDir, 'sidecar.log'), 'utf8')).split('\n');
    const lines = log
      .filter((line) => /"msg":"listening( refused)?"/.test(line))
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(2);
    for (const { id, trace_id } of lines) {
      const decide = await receiver.span(attempt(id));
      expect(trace_id).toBe(decide.traceId);
    }
  });
});

describe('a traceparent', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const spanId = '00f067aa0ba902b7';
  const ask = async (headers: Readonly<Record<string, string>>) => {
    const response = await fetch(`${browser.origin}/v1/listens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ target: 'bo', on: 'browser' }),
    });
    return response.status;
  };
  const asked = ({ name }: OtlpSpan) => name === 'POST /v1/listens';
  const signedIn = async () => ({
    authorization: `Bearer ${await browser.issuer.token('karin@acme.example')}`,
  });
  /** The next span of a request. */
  const next = async (send: () => Promise<unknown>): Promise<OtlpSpan> => {
    const before = new Set(receiver.spans);
    await send();
    return receiver.span((span) => asked(span) && !before.has(span));
  };

  it('of who signed in is gone on with; tracestate and baggage are dropped', async () => {
    const headers = {
      ...(await signedIn()),
      traceparent: `00-${traceId}-${spanId}-01`,
      tracestate: 'crm=karin-ek',
      baggage: 'customer=+46701111111',
    };
    expect(await next(() => ask(headers))).toMatchObject({ traceId, parentSpanId: spanId });
  });

  it.each([
    ['of another version', `01-${traceId}-${spanId}-01`],
    ['with more behind it', `00-${traceId}-${spanId}-01-extra`],
    ['of capitals', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['that is long', `00-${'a'.repeat(4_000)}-${spanId}-01`],
    ['that stands twice', `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
    ['that is text', "'; DROP TABLE spans; --"],
  ])('%s is as good as none', async (_, traceparent) => {
    const span = await next(async () => ask({ ...(await signedIn()), traceparent }));
    expect(span.parentSpanId).toBe('');
    expect(span.traceId).not.toBe(traceId);
  });

  it('of a stranger makes no span', async () => {
    const before = receiver.spans.filter(asked).length;
    expect(await ask({ authorization: 'Bearer x', traceparent: `00-${traceId}-${spanId}-01` })).toBe(401);
    await next(async () => ask(await signedIn()));
    expect(receiver.spans.filter(asked)).toHaveLength(before + 1);
  });
});

/** Ids of attempts and revisions of policies are random, and hashes: digits may follow one another in them. */
const withoutIds = (text: string): string =>
  text.replace(/"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"|"[0-9a-f]{12}"/g, '""');

it('exports nothing that says who somebody is, whom they call, or what is said', async () => {
  // an attempt of each kind, those included that carry what nobody asked for
  for (const dialled of ['*28*+46846500405', '*28*Anna Berg', '*28*0846500483'])
    await (await stage.dial('karin-desk', encodeURI(dialled))).ended;
  const records = await stage.world.audit();
  const last = records.findLast((record) => record.record === 'attempt');
  await receiver.span(attempt(last?.id ?? ''));
  const callIds = records.flatMap((record) => ('callId' in record && record.callId ? [record.callId] : []));
  expect(callIds.length).toBeGreaterThan(0);
  const sent = receiver.bodies.map(String).join('\n');
  const secrets = [...identifying(stage.world.tenants), ...callIds, '+46701111111', '701111111'];
  // the list finds them where they are: in the records
  expect(foundIn(JSON.stringify(records), secrets)).toContain('karin');
  expect(foundIn(sent, secrets)).toEqual([]);
  const said = JSON.stringify(
    receiver.spans.map(({ name, attributes, events }) => [name, attributes, events]),
  );
  expect(
    /m=audio|IN IP4|a=rtpmap|@|sips?:|tel:|\d{7}|tracestate/i.exec(withoutIds(said))?.[0],
  ).toBeUndefined();
});
