import { readFile } from 'node:fs/promises';
import type { WebhookConfig } from '../config/webhooks.ts';

/** A key cannot be used; the message says which, and never what it is. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
  readonly reason = 'SigningKeyUnusable';
}

type Secret = WebhookConfig['secrets'][number];

/** Standard Webhooks 1.0: between 24 and 64 bytes. */
const [shortest, longest] = [24, 64];
const secretForm = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * The keys as they are now: a file that was written anew counts for the next event.
 * Rejects with {@link SigningKeyError}.
 */
export const signingKeys = (secrets: readonly Secret[], env = process.env): Promise<readonly Buffer[]> =>
  Promise.all(secrets.map((secret) => keyOf(secret, env)));

const keyOf = async (secret: Secret, env: NodeJS.ProcessEnv): Promise<Buffer> => {
  const where = 'file' in secret ? `the file ${secret.file}` : `the environment variable ${secret.env}`;
  const text = 'file' in secret ? await contentOf(secret.file) : env[secret.env];
  if (text === undefined) throw new SigningKeyError(`${where} is not there`);
  const key = Buffer.from(secretForm.exec(text.trim())?.[1] ?? '', 'base64');
  if (key.length >= shortest && key.length <= longest) return key;
  throw new SigningKeyError(
    `${where} has no secret for webhooks; write whsec_ and ${shortest} to ${longest} bytes in base64, as in: echo "whsec_$(openssl rand -base64 32)"`,
  );
};

const contentOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause) => {
    throw new SigningKeyError(`the file ${file} cannot be read: ${cause.code ?? cause.message}`, { cause });
  });
