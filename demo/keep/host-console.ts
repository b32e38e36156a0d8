import { buildConsole, consoleFolder } from '@medlyssning/console/build/build-console.ts';
import { people } from '@medlyssning/e2e/lib/browser/people.ts';
import { type ApiHost, startApiHost } from '@medlyssning/e2e/lib/browser/start-api-host.ts';

/** Builds the console and starts who signs people in there; both are for as long as the demo is left running. */
export const hostConsole = async (progress: (line: string) => void): Promise<ApiHost> => {
  progress('Building the web console …');
  await buildConsole(consoleFolder);
  return startApiHost({ console: consoleFolder, people });
};
