import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Recording } from '../audio/index.ts';
import { crash } from './crash.ts';
import { heardScript } from './listener-page.ts';
import { recordingIn } from './recording-in.ts';

const images = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');
const desktop = { width: 1000, height: 760 };

/** The console in a browser of its own, as one of the people of the issuer uses it. */
export class ConsolePage {
  readonly page: Page;
  /** What the browser complained of: a breach of the policy of the page, an error nobody caught. */
  readonly complaints: string[] = [];

  private constructor(page: Page, origin: string) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && message.location().url.startsWith(origin))
        this.complaints.push(message.text());
    });
  }

  /** Opens the page, before anybody signs in. */
  static async open(
    browser: Browser,
    origin: string,
    options: BrowserContextOptions = {},
  ): Promise<ConsolePage> {
    const context = await browser.newContext({ locale: 'sv-SE', viewport: desktop, ...options });
    const page = await context.newPage();
    await page.addInitScript({ path: heardScript });
    const opened = new ConsolePage(page, origin);
    await page.goto(origin);
    return opened;
  }

  /** Signs in by the issuer's page and waits until the list is there. */
  async signIn(name: string): Promise<this> {
    await this.page.getByRole('button', { name: /Logga in|Sign in/ }).click();
    await this.page.getByRole('link', { name }).click();
    await this.page.locator('.link.live').waitFor();
    return this;
  }

  row(name: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: name });
  }

  /** Opens the menu at the handset beside a colleague (R5). */
  async menu(name: string): Promise<Locator> {
    await this.row(name).getByRole('button').click();
    return this.page.getByRole('menu');
  }

  get banner(): Locator {
    return this.page.locator('.listeners');
  }

  recording(): Promise<Recording> {
    return recordingIn(this.page);
  }

  /** What axe-core finds wrong for people who use a keyboard or a screen reader: rule and place. */
  async violations(): Promise<readonly string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate<{
      violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
    }>('axe.run()');
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  }

  /** Writes a picture for docs/console.md, where MEDLYSSNING_PICTURES is set. */
  async picture(name: string): Promise<void> {
    if (process.env['MEDLYSSNING_PICTURES'] === undefined) return;
    await this.page.screenshot({ path: join(images, `${name}.png`) });
  }

  /** Its tab is gone, and could say nothing. */
  kill(): Promise<void> {
    return crash(this.page);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
