import { readFile } from 'node:fs/promises';
import { Unanswered, UsageError } from '../errors.ts';
import { printable } from '../print/printable.ts';
import type { Switch, Switched } from './switched.ts';

export interface SidecarOptions {
  /** Where its HTTP API is, without path. */
  readonly url: string;
  readonly tokenFile: string | undefined;
}

const deadlineMs = 10_000;
const maxAnswer = 16 * 1024;

/**
 * Says it to a media sidecar as a PBX does: in effect on that node at once, and written to the cluster by it.
 * @throws UsageError, Unanswered
 */
export const switchBySidecar = async (
  { user, profile, since }: Switch,
  { url, tokenFile }: SidecarOptions,
): Promise<Switched> => {
  const [company, name] = user.split('/');
  if (!company || !name)
    throw new UsageError(`Write the user as COMPANY/USER where a sidecar is told, and not ${user}.`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`--sidecar takes an address like https://media-1:8080, and not ${url}.`);
  const token = tokenFile === undefined ? undefined : await readToken(tokenFile);
  const path = `/v1/users/${encodeURIComponent(company)}/${encodeURIComponent(name)}/active-profile`;
  const answer = await ask(new URL(path, url), token, { profile, since: since.toISOString() });
  return { user, ...answer };
};

const readToken = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.trim(),
    (cause) => {
      throw new Unanswered(`The token in ${file} cannot be read: ${cause.message}`, { cause });
    },
  );

const ask = async (url: URL, token: string | undefined, body: object): Promise<Omit<Switched, 'user'>> => {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    });
    const answer = JSON.parse((await response.text()).slice(0, maxAnswer));
    if (response.ok) return readSwitched(answer);
    throw new Unanswered(
      printable(`The sidecar refused (${response.status} ${answer.reason}): ${answer.detail}`),
    );
  } catch (cause) {
    if (cause instanceof Unanswered) throw cause;
    const why = cause instanceof Error ? String(cause.cause ?? cause.message) : String(cause);
    throw new Unanswered(`The sidecar at ${url.origin} gave no answer that can be read: ${why}`, { cause });
  }
};

const readSwitched = ({ profile, since, previous }: Record<string, unknown>): Omit<Switched, 'user'> => ({
  profile: printable(String(profile)),
  since: printable(String(since)),
  ...(previous !== undefined && { previous: printable(String(previous)) }),
});
