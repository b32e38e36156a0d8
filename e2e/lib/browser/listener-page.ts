import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Recording } from '../audio/index.ts';
import { crash } from './crash.ts';
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

/** What was answered to both, and when each was sent, ms since the epoch. */
export interface PageListen {
  readonly asked: PageAnswer;
  readonly answered?: PageAnswer;
  readonly askedAt?: number;
  readonly offeredAt?: number;
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

  /** Asks, and where admitted offers. A page may listen more than once at a time. */
  listen(from: ListenFrom): Promise<PageListen> {
    return this.page.evaluate(`listener.listen(${JSON.stringify(from)})`);
  }

  /** Ends the latest listen. */
  stop(token: string): Promise<PageAnswer> {
    return this.page.evaluate(`listener.stop(${JSON.stringify(token)})`);
  }

  /** Of the latest listen; `spoken`: energy of what its microphone brought. */
  packets(): Promise<{ sent: number; spoken: number; received: number; lost: number; streams: number }> {
    return this.page.evaluate('listener.packets()');
  }

  /** What came of the n-th listen of this page, the latest where none is named. */
  recording(n?: number): Promise<Recording> {
    return recordingIn(this.page, n);
  }

  /** When the latest listen was heard first, ms since the epoch; undefined: not yet. */
  audibleAt(): Promise<number | undefined> {
    return this.page.evaluate('heard.audibleAt()');
  }

  /** Kills the process behind the tab: it says goodbye to nobody. */
  async kill(): Promise<void> {
    await crash(this.page);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
