import type { Page } from 'playwright-core';

/** Kills the process behind a tab: it says goodbye to nobody. */
export const crash = async (page: Page): Promise<void> => {
  const gone = page.waitForEvent('crash');
  const devTools = await page.context().newCDPSession(page);
  devTools.send('Page.crash').catch(() => {});
  await gone;
};
