import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from '@medlyssning/console/build/build-console.ts';
import type { BrowserContextOptions } from 'playwright-core';
import { type BrowserStage, startBrowserStage } from './browser-stage.ts';
import { ConsolePage } from './console-page.ts';
import { people } from './people.ts';
import type { ApiHostOptions } from './start-api-host.ts';

/** A browser stage whose sidecar serves the console as it is now. */
export interface ConsoleStage extends BrowserStage {
  /** The console before anybody signed in, in a browser of its own. */
  open(options?: BrowserContextOptions): Promise<ConsolePage>;
  /** The same, and one of {@link people} signed in there. @param name as it is shown to people, `Karin Ek` */
  signedIn(name: string, options?: BrowserContextOptions): Promise<ConsolePage>;
}

export const startConsoleStage = async (
  of: Pick<ApiHostOptions, 'tokenSeconds'> = {},
): Promise<ConsoleStage> => {
  const built = await mkdtemp(join(tmpdir(), 'medlyssning-console-'));
  await buildConsole(built);
  const stage = await startBrowserStage({ ...of, console: built, people });
  const open = async (options?: BrowserContextOptions) =>
    ConsolePage.open(await stage.browser(), stage.origin, options);
  return {
    ...stage,
    open,
    signedIn: async (name, options) => (await open(options)).signIn(name),
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]();
      await rm(built, { recursive: true, force: true });
    },
  };
};
