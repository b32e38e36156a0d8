import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium } from '@medlyssning/tools/real/chromium.ts';
import { type Browser, chromium } from 'playwright-core';
import { ListenerPage } from './listener-page.ts';
import { type ApiHost, type ApiHostOptions, startApiHost } from './start-api-host.ts';

/** A browser, an issuer of tokens, and where the API of the sidecar is. */
export interface BrowserStage extends ApiHost, AsyncDisposable {
  /** A page of its own, as of another person at another machine. */
  page(): Promise<ListenerPage>;
  /** The browser itself; started when first asked for. */
  browser(): Promise<Browser>;
}

export const startBrowserStage = async (of: ApiHostOptions = {}): Promise<BrowserStage> => {
  const host = await startApiHost(of);
  const undo = new AsyncDisposableStack();
  undo.defer(() => host.issuer.close());
  let started: Browser | undefined;
  const browserNow = async (): Promise<Browser> => {
    if (started) return started;
    const workDir = await mkdtemp(join(tmpdir(), 'medlyssning-browser-'));
    undo.defer(() => rm(workDir, { recursive: true, force: true }));
    const process = await startChromium({ workDir });
    undo.defer(async () => void (await process.stop()));
    const browser = await chromium.connectOverCDP(process.endpoint);
    undo.defer(() => browser.close());
    started = browser;
    return browser;
  };
  return {
    ...host,
    browser: browserNow,
    page: async () => ListenerPage.open(await browserNow(), host.origin),
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  };
};
