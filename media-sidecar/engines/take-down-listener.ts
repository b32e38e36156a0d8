import { type NgClient, NgError, type NgRequestOptions, type QueryAnswer } from 'rtpengine-ng-client';

interface Listener {
  readonly listen: string;
  readonly tag: string;
}
type Options = NgRequestOptions | undefined;

/** Without `fast` the answer may come late; without a delay of 0 the ports stay taken for 30 s. */
export const atOnce = { 'delete-delay': 0, flags: ['fast'] } as const;

const isRefusal = (error: unknown): error is NgError =>
  error instanceof NgError && error.reason === 'EngineRefused';

const hasPorts = (tags: QueryAnswer['tags'], tag: string): boolean => {
  const streams = tags.get(tag)?.medias.flatMap(({ streams }) => streams) ?? [];
  return streams.some((stream) => stream['local port'] !== undefined);
};

/** Has this tag ports? An engine that does not know the call has not; one that does not answer may. */
const isThere = async (client: NgClient, { listen, tag }: Listener, options: Options): Promise<boolean> => {
  try {
    return hasPorts((await client.query({ 'call-id': listen }, options)).tags, tag);
  } catch (error) {
    return !isRefusal(error);
  }
};

/**
 * Ends the hearing of a listener that is connected. Measured on 26.0.1: once connected, listen and mix are one call, and
 * `delete` with the listener's from-tag takes the whole mix with it. `unsubscribe` closes this listener's ports and
 * leaves the others be.
 */
export const disconnectListener = async (client: NgClient, of: Listener, options: Options): Promise<void> => {
  try {
    await client.unsubscribe({ 'call-id': of.listen, 'to-tag': of.tag }, options);
  } catch (error) {
    // refused because it is gone already: then that is what was wanted
    if (!isRefusal(error) || (await isThere(client, of, options))) throw error;
  }
};

/**
 * Takes down a listener of whom nobody knows whether it was connected. Silence first; then its call, where that is its
 * own still: of a listener that was never connected it would stay for good, and of one that was it is the mix.
 */
export const abandonListener = async (client: NgClient, of: Listener, options: Options): Promise<void> => {
  const { listen, tag } = of;
  const refusal = await client.unsubscribe({ 'call-id': listen, 'to-tag': tag }, options).then(
    () => undefined,
    (error) => {
      if (isRefusal(error)) return error;
      throw error;
    },
  );
  const call = await client.query({ 'call-id': listen }, options).catch((error) => {
    if (!isRefusal(error)) throw error;
  });
  if (!call) return;
  const isAlone = [...call.tags.keys()].every((other) => other === tag);
  if (isAlone) await client.delete({ 'call-id': listen, ...atOnce }, options);
  else if (refusal && hasPorts(call.tags, tag)) throw refusal;
};
