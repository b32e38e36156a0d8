import type { EndRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './lib/browser/console-page.ts';
import { type ConsoleStage, startConsoleStage } from './lib/browser/console-stage.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import type { Stage } from './lib/outcome/stage.ts';

let browser: ConsoleStage;
let stage: Stage;
beforeAll(async () => {
  browser = await startConsoleStage();
  stage = await acmeStage(['anna', 'bo'], browser.options);
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

/** The end of a listen, heard or not. */
const ended = (heard: boolean) =>
  stage.world.recorded(
    (record): record is EndRecord => record.record === 'end' && (record.startedAt !== null) === heard,
  );
/** The texts of the rows, once there are so many. */
const rows = async ({ page }: ConsolePage, count: number) => {
  const all = page.getByRole('listitem');
  await expect.poll(() => all.count(), { timeout: 10_000 }).toBe(count);
  return (await all.allTextContents()).map((text) => text.replace(/\s+/g, ' '));
};

describe('the history', () => {
  it('has what one did and what was done to one, and for administrators all of it', async () => {
    const karin = await browser.signedIn('Karin Ek');
    const phone = await stage.world.phone('karin-desk', { incoming: { kind: 'ring' } });
    const menu = await karin.menu('Anna Berg');
    await menu.getByRole('menuitemradio', { name: 'På min bordstelefon (karin-desk)' }).click();
    await menu.getByRole('menuitem', { name: 'Medlyssna' }).click();
    const call = await phone.incoming.next();

    // cancelled while it rings
    await karin.page.getByRole('button', { name: 'Avbryt' }).click();
    expect(await call.ended).toMatchObject({ how: 'cancelled' });
    await expect.poll(() => karin.page.getByRole('button', { name: 'Avbryt' }).count()).toBe(0);
    expect(await karin.page.locator('.notice p').count()).toBe(0);
    await ended(false);

    // heard, in the browser
    const again = await karin.menu('Anna Berg');
    await again.getByRole('menuitemradio', { name: 'I webbläsaren' }).click();
    await again.getByRole('menuitem', { name: 'Medlyssna' }).click();
    await karin.page.getByText('Du lyssnar på Anna Berg').waitFor();
    await karin.page.locator('.listen-bar').getByText('0:02').waitFor();
    await karin.page.getByRole('button', { name: 'Sluta lyssna' }).click();
    await ended(true);
    // refused: Bo is at lunch
    await (await stage.dial('karin-desk', '*28*0846500404')).ended;

    await karin.page.getByRole('button', { name: 'Historik' }).click();
    expect(await rows(karin, 3)).toEqual([
      expect.stringMatching(/^Du lyssnade inte på Bo Dahl ?karin-desk · .*\./),
      expect.stringMatching(/^Du lyssnade på Anna Berg ?i webbläsaren · 0:\d\d · .*\./),
      expect.stringMatching(/^Du lyssnade inte på Anna Berg ?karin-desk · .*\./),
    ]);
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-history');
    await karin.page.getByRole('combobox', { name: 'Vem' }).selectOption('Bo Dahl');
    expect(await rows(karin, 1)).toEqual([expect.stringContaining('Bo Dahl')]);
    await karin.page.getByRole('button', { name: 'När någon lyssnade på mig' }).click();
    await karin.page.getByText('Här finns inget att visa.').waitFor();
    await karin.close();

    // only what was heard
    const anna = await browser.signedIn('Anna Berg');
    await anna.page.getByRole('button', { name: 'Historik' }).click();
    await anna.page.getByText('Här finns inget att visa.').waitFor();
    await anna.page.getByRole('button', { name: 'När någon lyssnade på mig' }).click();
    expect(await rows(anna, 1)).toEqual([expect.stringContaining('Karin Ek lyssnade på dig')]);
    expect(await anna.page.getByRole('button', { name: 'Hela företaget' }).count()).toBe(0);
    await anna.close();

    const helena = await browser.signedIn('Helena Sjö');
    await helena.page.getByRole('button', { name: 'Historik' }).click();
    expect(await rows(helena, 3)).toEqual([
      expect.stringContaining('Karin Ek lyssnade inte på Bo Dahl'),
      expect.stringContaining('Karin Ek lyssnade på Anna Berg'),
      expect.stringContaining('Karin Ek lyssnade inte på Anna Berg'),
    ]);
    expect(await helena.violations()).toEqual([]);
    await helena.picture('console-history-company');
    await helena.page.getByLabel('Till och med').fill('2026-01-31');
    await helena.page.getByText('Här finns inget att visa.').waitFor();
    await helena.close();

    const inEnglish = await browser.signedIn('Karin Ek', {
      locale: 'en-GB',
      colorScheme: 'dark',
      viewport: { width: 390, height: 780 },
    });
    await inEnglish.page.getByRole('button', { name: 'History' }).click();
    expect((await rows(inEnglish, 3))[1]).toContain('You listened to Anna Berg');
    expect(
      await inEnglish.page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      ),
    ).toBe(0);
    expect(await inEnglish.violations()).toEqual([]);
    await inEnglish.picture('console-history-phone');
    expect(inEnglish.complaints).toEqual([]);
    await inEnglish.close();
  });
});
