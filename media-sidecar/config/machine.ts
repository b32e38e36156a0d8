import { z } from 'zod';

/** What the HTTP API asks of machines, in the words of RBAC (docs/r3.md). */
const rights = ['switch users', 'list listens', 'delete listens'] as const;

/** A machine that proves itself by a certificate of `http.tls.clientAuthority`. */
export const machine = z.strictObject({
  /** A subject alternative name of its certificate; the subject itself counts for nothing. */
  san: z
    .string()
    .max(2_048)
    .regex(
      /^(?:DNS:[A-Za-z0-9.-]+|URI:[a-z][a-z0-9+.-]*:[^\s,"]+)$/,
      'a name as in DNS:pbx.example or URI:spiffe://example/pbx',
    ),
  may: z
    .array(z.enum(rights, { error: `one of: ${rights.join(', ')}` }))
    .min(1)
    .max(rights.length),
  /** Of the companies that it may do this in. */
  namespaces: z
    .array(z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a namespace'))
    .min(1)
    .max(1_000),
});
