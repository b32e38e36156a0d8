import type { NgClient } from 'rtpengine-ng-client';

/** `rtpengine-26-0-1-26-0-mr26-0-1-26`: what is no letter or digit was made a dash. */
const softwareId = /^software_id = rtpengine-([\w-]+)$/m;
const release = /-mr(\d+(?:-\d+)+)$/;
/** As long as a MediaNode may say it. */
const maxLength = 64;

/** The version in the parameters that an rtpengine lists; `undefined` where it goes by another name. */
export const versionIn = (parameters: string): string | undefined => {
  const [, id] = softwareId.exec(parameters) ?? [];
  const [, dashed] = release.exec(id ?? '') ?? [];
  return dashed?.replaceAll('-', '.') ?? id?.slice(0, maxLength);
};

/**
 * Which version an rtpengine is. It has no command for that: its software-id is among its parameters. `cli` could do harm, so it is
 * said here with one fixed question and nowhere else. `undefined` where the engine is too old to be asked, or silent.
 */
export const engineVersion = async (client: Pick<NgClient, 'request'>): Promise<string | undefined> => {
  const question = { body: 'params start' } as const;
  const { response } = await client
    .request('cli', question, { timeoutMs: 2_000 })
    .catch(() => ({ response: '' }));
  if (typeof response === 'string') return versionIn(response);
  return Buffer.isBuffer(response) ? versionIn(response.toString()) : undefined;
};
