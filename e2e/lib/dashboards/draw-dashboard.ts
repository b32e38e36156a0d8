import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { EvaluatedPanel } from './evaluate-panels.ts';

/** What Grafana draws time series with, too. */
const uPlot = dirname(createRequire(import.meta.url).resolve('uplot'));
const page = readFileSync(join(import.meta.dirname, 'dashboard-page.html'), 'utf8');

/** Draws a dashboard as it would look, in a real browser. @param file PNG */
export const drawDashboard = async (
  browser: Browser,
  title: string,
  panels: readonly EvaluatedPanel[],
  file: string,
): Promise<void> => {
  const context = await browser.newContext({ viewport: { width: 1424, height: 800 } });
  const opened = await context.newPage();
  await opened.setContent(page);
  await opened.addStyleTag({ path: join(uPlot, 'uPlot.min.css') });
  await opened.addScriptTag({ path: join(uPlot, 'uPlot.iife.min.js') });
  await opened.evaluate(`draw(${JSON.stringify(title)}, ${JSON.stringify(panels)})`);
  await opened.screenshot({ path: file, fullPage: true });
  await context.close();
};
