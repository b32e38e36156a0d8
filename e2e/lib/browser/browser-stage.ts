import { join } from 'node:path';
import { type Chromium, startChromium } from '@medlyssning/tools/real/chromium.ts';
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

/** @param workDir within the folder for temporary files; its owner removes it */
export const startBrowserStage = async (workDir: string, of: ApiHostOptions = {}): Promise<BrowserStage> => {
  const host = await startApiHost(of);
  const started: { process: Chromium; browser: Browser }[] = [];
  const browserNow = async (): Promise<Browser> => {
    const known = started[0];
    if (known) return known.browser;
    const process = await startChromium({ workDir: join(workDir, 'chromium') });
    const browser = await chromium.connectOverCDP(process.endpoint);
    started.push({ process, browser });
    return browser;
  };
  return {
    ...host,
    browser: browserNow,
    page: async () => ListenerPage.open(await browserNow(), host.origin),
    async [Symbol.asyncDispose]() {
      for (const { browser, process } of started) {
        await browser.close();
        await process.stop();
      }
      await host.issuer.close();
    },
  };
};
