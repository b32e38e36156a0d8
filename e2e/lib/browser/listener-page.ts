import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Recording } from '../audio/index.ts';
import { recordingIn } from './recording-in.ts';

/** What the API answered a page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface ListenFrom {
  readonly token: string;
  /** `metadata.name` of the User. */
  readonly target: string;
  /** Offers to send this tone, and sends it whatever the answer says. */
  readonly speakHz?: number;
}

const file = join(import.meta.dirname, 'listener-page.html');
export const heardScript = join(import.meta.dirname, 'heard.js');

/** A page in a real browser that listens by WHEP and measures what it hears. */
export class ListenerPage {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  /** @param origin of the API: the page is of the same, since others are not let in */
  static async open(browser: Browser, origin: string): Promise<ListenerPage> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript({ path: heardScript });
    await page.route(`${origin}/listener-page`, (route) => route.fulfill({ path: file }));
    await page.goto(`${origin}/listener-page`);
    return new ListenerPage(context, page);
  }

  /** Asks, and where admitted offers. @returns what was answered to both */
  listen(from: ListenFrom): Promise<{ readonly asked: PageAnswer; readonly answered?: PageAnswer }> {
    return this.page.evaluate(`listener.listen(${JSON.stringify(from)})`);
  }

  stop(token: string): Promise<PageAnswer> {
    return this.page.evaluate(`listener.stop(${JSON.stringify(token)})`);
  }

  packets(): Promise<{ sent: number; received: number; lost: number; streams: number }> {
    return this.page.evaluate('listener.packets()');
  }

  recording(): Promise<Recording> {
    return recordingIn(this.page);
  }

  /** Kills the process behind the tab: it says goodbye to nobody. */
  async kill(): Promise<void> {
    const gone = this.page.waitForEvent('crash');
    const devTools = await this.#context.newCDPSession(this.page);
    devTools.send('Page.crash').catch(() => {});
    await gone;
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
