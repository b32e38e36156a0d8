import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAlerts, readDashboards } from '@medlyssning/tools/monitoring/read-monitoring.ts';
import { type Chromium, startChromium } from '@medlyssning/tools/real/chromium.ts';
import { type Prometheus, startPrometheus } from '@medlyssning/tools/real/prometheus.ts';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawDashboard } from './lib/dashboards/draw-dashboard.ts';
import { type EvaluatedPanel, evaluatePanels } from './lib/dashboards/evaluate-panels.ts';
import { type OtlpReceiver, startOtlpReceiver } from './lib/otlp/otlp-receiver.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { listens } from './lib/outcome/listening.ts';
import type { Stage } from './lib/outcome/stage.ts';
import { clusterOf } from './lib/world/cluster-home.ts';

/** Where docs/dashboards.md has its pictures from; drawn anew where MEDLYSSNING_PICTURES is set. */
const images = join(import.meta.dirname, '..', 'docs', 'images');
let workDir: string;
let receiver: OtlpReceiver;
let stage: Stage;
let prometheus: Prometheus;
let chrome: Chromium;
let browser: Browser;
let from: number;
beforeAll(async () => {
  workDir = await mkdtemp(join(tmpdir(), 'medlyssning-dashboards-'));
  receiver = await startOtlpReceiver();
  stage = await acmeStage(['anna', 'bo', 'cilla'], { env: receiver.env });
  const { metricsPort } = stage.world.place;
  prometheus = await startPrometheus({
    'media-1': metricsPort,
    operator: clusterOf(stage.world).operatorPort,
  });
  chrome = await startChromium({ workDir: join(workDir, 'chromium') });
  browser = await chromium.connectOverCDP(chrome.endpoint);
  from = Math.floor(Date.now() / 1_000);
});
afterAll(async () => {
  await browser?.close();
  await chrome?.stop();
  await prometheus?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await rm(workDir, { recursive: true, force: true });
});

/** Attempts of several kinds, for so long that lines are seen. */
const someTraffic = async (rounds: number): Promise<void> => {
  const target = stage.talkOf('anna');
  for (let round = 0; round < rounds; round += 1) {
    {
      await using listen = await listens(stage, { from: 'karin-desk', dials: '0846500403', target });
      await listen.call.rtp.hear(40 + 20 * (round % 4));
    }
    const [less, more] = ['maxListenersPerCall: 4', 'maxListenersPerCall: 5'] as const;
    const [now, then] = round % 2 === 0 ? [less, more] : [more, less];
    await stage.world.edit([{ file: 'acme/company.yaml', from: now, to: then }]);
    for (const refused of ['0846500404', '0846500405', '0846500483'].slice(0, 1 + (round % 3)))
      await (await stage.dial('karin-desk', `*28*${refused}`)).ended;
  }
};

/** Where nothing is wrong there is nothing to show. */
const emptyWhenWell = [
  'Medlyssning: media nodes: SIP turned away',
  'Medlyssning: media nodes: Webhooks',
  'Medlyssning: operator: Tried again',
];

const isEmpty = ({ lines }: EvaluatedPanel) =>
  lines.every(({ values }) => values.every((value) => value === null || Number.isNaN(value)));

it('shows on each panel what a real Prometheus has of real processes', { timeout: 240_000 }, async () => {
  await someTraffic(15);
  const to = Math.floor(Date.now() / 1_000) - 1;
  const empty: string[] = [];
  for (const dashboard of readDashboards()) {
    const panels = await evaluatePanels(dashboard, prometheus, { from, to });
    for (const one of panels) if (isEmpty(one)) empty.push(`${dashboard.title}: ${one.panel.title}`);
    const folder = process.env['MEDLYSSNING_PICTURES'] === undefined ? workDir : images;
    await drawDashboard(browser, dashboard.title, panels, join(folder, `${dashboard.uid}.png`));
  }
  expect(empty.filter((name) => !emptyWhenWell.includes(name))).toEqual([]);
});

it('finds no alert to fire where all is well', async () => {
  const firing: string[] = [];
  for (const { alert, expr } of readAlerts()) {
    const { result } = (await prometheus.ask('query', { query: expr })) as {
      readonly result: readonly object[];
    };
    if (result.length > 0) firing.push(`${alert}: ${JSON.stringify(result[0])}`);
  }
  expect(firing).toEqual([]);
});

it('has a trace for a bucket of the setup time', async () => {
  const query = {
    query: 'medlyssning_listen_setup_seconds_bucket',
    start: String(from),
    end: String(from + 600),
  };
  const found = (await prometheus.ask('query_exemplars', query)) as readonly {
    readonly exemplars: readonly { readonly labels: { readonly trace_id: string } }[];
  }[];
  const ids = found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
  expect(ids.length).toBeGreaterThan(0);
  const exported = new Set(receiver.spans.map(({ traceId }) => traceId));
  for (const id of ids) expect(exported).toContain(id);
});
