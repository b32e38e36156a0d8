import type { AttemptView } from '@medlyssning/media-sidecar/doors/http/views/attempt-view.ts';
import type { PodsWorld } from './pods-world.ts';

/** Karin's attempts as the console shows them to her, newest first. */
export const attemptsOfKarin = async (world: PodsWorld): Promise<readonly AttemptView[]> => {
  const console = await world.console();
  const { status, text } = await console.get('/v1/audit?as=listener', await world.token('karin'));
  if (status !== 200) throw new Error(`The record was answered ${status}: ${text}`);
  return (JSON.parse(text) as { readonly attempts: readonly AttemptView[] }).attempts;
};
