import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hears, partyTone } from './lib/audio/index.ts';
import { type ConsoleStage, startConsoleStage } from './lib/browser/console-stage.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import type { Stage } from './lib/outcome/stage.ts';

const [controlHz, customerHz, annaHz] = [partyTone(0), partyTone(1), partyTone(2)];

let browser: ConsoleStage;
let stage: Stage;
beforeAll(async () => {
  browser = await startConsoleStage();
  stage = await acmeStage(['anna'], browser.options);
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

const soon = { timeout: 10_000, interval: 50 };

describe('the console', () => {
  it('lets Karin hear Anna, and shows Anna who listens (R5, R6, R7)', async () => {
    const anna = await browser.signedIn('Anna Berg');
    const karin = await browser.open();
    await karin.page.getByRole('button', { name: 'Logga in' }).waitFor();
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-sign-in');
    await karin.signIn('Karin Ek');
    await karin.row('Anna Berg').getByText('I samtal').waitFor();
    expect(await karin.row('Anna Berg').getByRole('timer').textContent()).toMatch(/^\d+:\d\d$/);
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-colleagues');

    const menu = await karin.menu('Anna Berg');
    expect((await menu.locator('[role^=menuitem]').allTextContents()).at(-1)).toBe('Medlyssna');
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-menu');
    await menu.getByRole('menuitem', { name: 'Medlyssna' }).click();

    await vi.waitFor(async () => {
      const heard = hears(await karin.recording(), {
        tones: [customerHz, annaHz, controlHz],
        from: performance.now() - 500,
      });
      expect(heard).toEqual({ [customerHz]: true, [annaHz]: true, [controlHz]: false });
    }, soon);
    await karin.page.getByText('Du lyssnar på Anna Berg').waitFor();
    await vi.waitFor(
      async () =>
        expect(Number(await karin.page.getByRole('meter').getAttribute('aria-valuenow'))).toBeGreaterThan(30),
      soon,
    );
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-listening');

    await anna.banner.getByText('Karin Ek lyssnar').waitFor();
    expect(await anna.page.title()).toBe('● Karin Ek lyssnar');
    expect(await anna.violations()).toEqual([]);
    await anna.picture('console-listened-to');

    const sven = await browser.signedIn('Sven Lund');
    await (await sven.menu('Anna Berg')).getByRole('menuitem', { name: 'Medlyssna' }).click();
    await anna.banner.getByText('Karin Ek och Sven Lund lyssnar').waitFor();
    await anna.picture('console-two-listen');

    await karin.page.getByRole('button', { name: 'Sluta lyssna' }).click();
    await vi.waitFor(
      async () => expect((await anna.banner.textContent())?.trim()).toBe('Sven Lund lyssnar på ditt samtal'),
      soon,
    );
    await sven.kill();
    await vi.waitFor(async () => expect(await anna.banner.textContent()).toBe(''), {
      timeout: 20_000,
      interval: 100,
    });
    await sven.close();
    expect(await anna.page.title()).toBe('Medlyssning');
    for (const page of [anna, karin]) expect(page.complaints).toEqual([]);
    await anna.close();
    await karin.close();
  });

  it('has Medlyssna last and disabled, with the rule that refuses, and is used by the keyboard alone', async () => {
    const karin = await browser.signedIn('Karin Ek');
    const { keyboard } = karin.page;
    const handset = karin.row('Lena Åberg').getByRole('button');
    await karin.page.getByRole('searchbox').focus();
    await keyboard.type('åberg');
    await expect.poll(() => karin.page.getByRole('listitem').count()).toBe(1);
    await handset.focus();
    await keyboard.press('Enter');
    await keyboard.press('End');
    const last = karin.page.locator(':focus');
    expect(await last.textContent()).toBe('MedlyssnaDin kollega är inte i något samtal.');
    expect(await last.getAttribute('aria-disabled')).toBe('true');
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-refused');
    await keyboard.press('Enter');
    expect(await karin.page.getByRole('menu').count()).toBe(1);
    await keyboard.press('Escape');
    expect(await karin.page.getByRole('menu').count()).toBe(0);
    expect(await handset.and(karin.page.locator(':focus')).count()).toBe(1);
    await karin.close();
  });

  it('shows one without the right nobody’s calls, and why', async () => {
    const eva = await browser.signedIn('Eva Lind');
    expect(await eva.page.getByText('I samtal').count()).toBe(0);
    const menu = await eva.menu('Anna Berg');
    await menu.getByText('Du saknar rättigheten att lyssna.').waitFor();
    await eva.close();
  });

  it('rings Karin’s own phone, where she hears once she answers, and an administrator sees and stops it', async () => {
    const phone = await stage.world.phone('karin-desk', { incoming: { kind: 'ring' } });
    const helena = await browser.signedIn('Helena Sjö');
    await helena.page.getByText('Ingen lyssnar just nu.').waitFor();
    const karin = await browser.signedIn('Karin Ek');
    const menu = await karin.menu('Anna Berg');
    await menu.getByRole('menuitemradio', { name: 'På min bordstelefon (karin-desk)' }).click();
    await menu.getByRole('menuitem', { name: 'Medlyssna' }).click();
    const call = await phone.incoming.next();
    await karin.page.getByText('Svara i karin-desk för att lyssna på Anna Berg').waitFor();
    await karin.picture('console-phone-rings');
    await call.answer();
    await karin.page.getByText('på karin-desk').waitFor();
    await call.rtp.hear(5);

    const row = helena.page.getByRole('row').filter({ hasText: 'Karin Ek' });
    await row.getByText('Anna Berg').waitFor();
    expect(await helena.violations()).toEqual([]);
    await row.scrollIntoViewIfNeeded();
    await helena.picture('console-administrator');
    await row.getByRole('button', { name: 'Stoppa: Karin Ek lyssnar på Anna Berg' }).click();
    await helena.page.getByText('Ingen lyssnar just nu.').waitFor();
    await karin.page.getByText('Du lyssnar inte längre på Anna Berg. Medlyssningen stoppades.').waitFor();
    await call.ended;
    await karin.close();
    await helena.close();
  });

  it('speaks English, is dark, and fits a phone, where that is wanted', async () => {
    const karin = await browser.signedIn('Karin Ek', {
      locale: 'en-GB',
      colorScheme: 'dark',
      viewport: { width: 390, height: 780 },
    });
    await (await karin.menu('Anna Berg')).getByRole('menuitem', { name: 'Listen along' }).click();
    await karin.page.getByText('You are listening to Anna Berg').waitFor();
    expect(await karin.page.evaluate('document.documentElement.lang')).toBe('en');
    expect(
      await karin.page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      ),
    ).toBe(0);
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-phone-dark');
    await karin.page.getByRole('button', { name: 'Svenska' }).click();
    await karin.page.getByText('Du lyssnar på Anna Berg').waitFor();
    await karin.page.getByRole('button', { name: 'Sluta lyssna' }).click();
    await karin.close();
  });

  it('shows nothing as live while it is not connected, and connects again by itself', async () => {
    const [anna, karin] = [await browser.signedIn('Anna Berg'), await browser.signedIn('Karin Ek')];
    await (await karin.menu('Anna Berg')).getByRole('menuitem', { name: 'Medlyssna' }).click();
    await anna.banner.getByText('Karin Ek lyssnar').waitFor();
    await stage.world.sidecar.kill();
    await anna.page.getByRole('alert').getByText('Inte ansluten.').waitFor();
    expect(await anna.banner.textContent()).toBe('');
    await karin.page.getByRole('alert').getByText('Inte ansluten.').waitFor();
    expect(await karin.page.locator('.in-call, .timer').count()).toBe(0);
    const menu = await karin.menu('Anna Berg');
    expect(await menu.getByRole('menuitem').last().textContent()).toBe('MedlyssnaInte ansluten');
    expect(await karin.violations()).toEqual([]);
    await karin.picture('console-not-connected');
    await stage.world.restartSidecar();
    await karin.page.locator('.link.live').waitFor();
    await karin.page.getByText('Du lyssnar inte längre på Anna Berg.').waitFor();
    await karin.row('Anna Berg').getByText('I samtal').waitFor();
    expect(await anna.banner.textContent()).toBe('');
    await anna.close();
    await karin.close();
  });
});
