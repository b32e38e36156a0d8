import { z } from 'zod';
import { safeUrl } from './safe-url.ts';

const secret = z.union(
  [
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/) }),
  ],
  { error: 'write { file: PATH } or { env: NAME }; the secret itself does not stand here' },
);

const webhook = z.strictObject({
  /** Key of the company whose events it gets. The namespace too: nobody else's company can come to have that name. */
  company: z
    .string()
    .max(127)
    .regex(/^[a-z0-9][-a-z0-9]*\/[a-z0-9][-a-z0-9.]*$/, 'namespace/name of a Company, such as acme/acme'),
  url: safeUrl,
  /** Each signs, so that a receiver may go over from one to the other at its own time. */
  secrets: z.array(secret).min(1).max(2, 'at most two: the one in use and the one that comes or goes'),
});

export const webhooks = z.array(webhook).max(1_000).default([]);

export type WebhookConfig = z.infer<typeof webhook>;
