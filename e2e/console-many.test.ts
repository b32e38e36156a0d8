import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type ConsoleStage, startConsoleStage } from './lib/browser/console-stage.ts';
import { World } from './lib/world/world.ts';

/** More than a page shows without a search. */
const more = 2_100;
const user = (n: number) => ({
  apiVersion: 'medlyssning.dev/v1alpha1',
  kind: 'User',
  metadata: { name: `many-${n}`, namespace: 'acme' },
  spec: {
    companyRef: { name: 'acme' },
    displayName: `Många ${n}`,
    extension: String(10_000 + n),
    profiles: ['inne'],
  },
});

let browser: ConsoleStage;
let world: World;
beforeAll(async () => {
  browser = await startConsoleStage();
  world = await World.start(browser.options);
  // as a company grows while its people are signed in
  await writeFile(
    join(world.place.policyDir, 'acme', 'many.yaml'),
    Array.from({ length: more }, (_, n) => stringify(user(n + 1))).join('---\n'),
  );
});
afterAll(async () => {
  await world?.stop();
  await browser?.[Symbol.asyncDispose]();
});

it('finds a colleague among more than it shows', async () => {
  const karin = await browser.signedIn('Karin Ek');
  const rows = karin.page.getByRole('listitem');
  await karin.page.getByText('Det finns fler kollegor. Sök för att hitta dem.').waitFor({ timeout: 40_000 });
  // 2,000 of whom she is one
  expect(await rows.count()).toBe(1_999);
  // the last by name
  expect(await karin.row('Sven Lund').count()).toBe(0);
  const search = karin.page.getByRole('searchbox');
  await search.fill('sven lu');
  await karin.row('Sven Lund').waitFor();
  expect(await rows.count()).toBe(1);
  await search.fill('11234');
  await karin.row('Många 1234').waitFor();
  expect(await rows.count()).toBe(1);
  await search.fill('ingen som finns');
  await karin.page.getByText('Ingen kollega stämmer med sökningen.').waitFor();
  await search.fill('');
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(2_000);
  expect(karin.complaints).toEqual([]);
  await karin.close();
});
