import { join } from 'node:path';
import {
  type DevelopmentIssuer,
  startDevelopmentIssuer,
} from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { type Chromium, startChromium } from '@medlyssning/tools/real/chromium.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { type Browser, chromium } from 'playwright-core';
import type { WorldOptions } from '../world/world.ts';
import { ListenerPage } from './listener-page.ts';

/** A browser, an issuer of tokens, and where the API of the sidecar is. */
export interface BrowserStage extends AsyncDisposable {
  /** Of the HTTP API: `http://127.0.0.1:…`. */
  readonly origin: string;
  readonly issuer: DevelopmentIssuer;
  /** The world's options by which its sidecar has that API. */
  readonly options: Pick<WorldOptions, 'sidecar'>;
  /** A page of its own, as of another person at another machine. */
  page(): Promise<ListenerPage>;
}

/** @param workDir within the folder for temporary files; its owner removes it */
export const startBrowserStage = async (workDir: string): Promise<BrowserStage> => {
  const issuer = await startDevelopmentIssuer();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
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
    origin,
    issuer,
    options: { sidecar: { http: { listen: `127.0.0.1:${port}`, auth: { oidc: issuer.config } } } },
    page: async () => ListenerPage.open(await browserNow(), origin),
    async [Symbol.asyncDispose]() {
      for (const { browser, process } of started) {
        await browser.close();
        await process.stop();
      }
      await issuer.close();
    },
  };
};
