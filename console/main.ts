import { buildConsole, consoleFolder } from './build/build-console.ts';

/** `npm run build:console`: the page, into console/dist. */
await buildConsole(consoleFolder);
