import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsoleStage, startConsoleStage } from './lib/browser/console-stage.ts';
import { World } from './lib/world/world.ts';

/** The page uses no token in its last 30 s, so it asks for another at whatever it does after 4 s. */
const tokenSeconds = 34;

let browser: ConsoleStage;
let world: World;
beforeAll(async () => {
  browser = await startConsoleStage({ tokenSeconds });
  world = await World.start(browser.options);
});
afterAll(async () => {
  await world?.stop();
  await browser?.[Symbol.asyncDispose]();
});

const ended = { timeout: (tokenSeconds + 15) * 1_000 };

it('goes on by new tokens, until somebody signs out: then in every page of theirs, once its token has ended', async () => {
  const [karin, karinElsewhere, sven] = [
    await browser.signedIn('Karin Ek'),
    await browser.signedIn('Karin Ek'),
    await browser.signedIn('Sven Lund'),
  ];
  const renewed = sven.page.waitForResponse(
    (response) =>
      response.url() === `${browser.issuer.issuer}/token` &&
      (response.request().postData() ?? '').includes('grant_type=refresh_token'),
    ended,
  );
  const follows = sven.page.waitForRequest((request) => request.url().endsWith('/v1/events'), ended);

  await karin.page.getByRole('button', { name: 'Logga ut' }).click();
  await karin.page.getByRole('button', { name: 'Logga in' }).waitFor();
  expect(karin.page.url()).toBe(`${browser.origin}/`);
  await karin.page.reload();
  await karin.page.getByRole('button', { name: 'Logga in' }).waitFor();

  // the stream ends with its token
  expect((await renewed).status()).toBe(200);
  await follows;
  await sven.page.locator('.link.live').waitFor();
  await karinElsewhere.page.getByRole('alert').getByText('Du har loggats ut.').waitFor(ended);
  expect(await karinElsewhere.page.getByRole('listitem').count()).toBe(0);
  expect(await karinElsewhere.violations()).toEqual([]);
  await karinElsewhere.page.getByRole('button', { name: 'Logga in' }).click();
  await karinElsewhere.page.locator('.link.live').waitFor();
  for (const page of [karin, karinElsewhere, sven]) await page.close();
}, 120_000);
