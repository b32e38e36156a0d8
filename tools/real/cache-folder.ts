import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what was downloaded is kept between runs (XDG base directory specification). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'medlyssning');
}
