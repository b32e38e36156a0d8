import { z } from 'zod';
import { address } from './address.ts';
import { machine } from './machine.ts';
import { loopback, safeUrl } from './safe-url.ts';
import { webhooks } from './webhooks.ts';

const observe = z
  .strictObject({
    hep: address('tcp').optional(),
    resyncSeconds: z.number().int().min(1).max(3600).default(30),
    poll: z.strictObject({ intervalMs: z.number().int().min(100).max(10_000) }).optional(),
  })
  .refine((o) => (o.hep === undefined) !== (o.poll === undefined), {
    message: 'write either hep (the mirror, rtpengine 12.4 and later) or poll (before that)',
  });

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const policy = z
  .strictObject({
    directory: z.string().min(1).optional(),
    kubernetes: z
      .strictObject({
        /** The policies of companies in this pool are enforced here. */
        pool: z.string().regex(dnsLabel, 'a pool such as default').default('default'),
        /** Absent: the pod's own ServiceAccount; outside of a pod what kubectl uses. */
        kubeconfig: z.string().min(1).optional(),
        /** Where the MediaNode of this node is written. */
        namespace: z.string().regex(dnsLabel, 'a namespace').default('medlyssning-system'),
      })
      .optional(),
  })
  .transform(({ directory, kubernetes }, context) => {
    if (directory !== undefined && kubernetes === undefined) return { directory };
    if (kubernetes !== undefined && directory === undefined) return { kubernetes };
    context.addIssue({
      code: 'custom',
      message: 'write either directory (a folder of YAML) or kubernetes (the policies of a cluster)',
    });
    return z.NEVER;
  });

const oidc = z.strictObject({
  /** The `iss` of its tokens; asked for its keys by OpenID Connect Discovery. */
  issuer: safeUrl,
  /** The `aud` that tokens for this API have. */
  audience: z.string().min(1).max(255),
  /** Where its keys are, for an issuer without discovery. */
  jwks: safeUrl.optional(),
  /** Whom the issuer calls an administrator of their company, `roles: [medlyssning-administrator]` in a token. Absent: nobody. */
  administrators: z
    .strictObject({ claim: z.string().min(1).max(255), value: z.string().min(1).max(255) })
    .optional(),
});

const consolePage = z.strictObject({
  /** The folder that the page was built into. */
  files: z.string().min(1),
  /** As what the page is known at the issuer: a public client, code flow with PKCE, redirected to `/`. */
  clientId: z.string().min(1).max(255),
  /** Whatever makes the issuer give tokens for `auth.oidc.audience`. */
  scope: z
    .string()
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'must begin with openid')
    .max(1_000)
    .default('openid'),
});

const http = z
  .strictObject({
    listen: address('tcp'),
    /** Pages of other origins, `https://console.acme.example`, that may use the API. */
    origins: z
      .array(
        z
          .url()
          .max(255)
          .refine(
            (text) => URL.parse(text)?.origin === text,
            'must be an origin such as https://console.acme.example',
          ),
      )
      .max(32)
      .default([]),
    /** The web page for people, under `/`. Absent: the API alone. */
    console: consolePage.optional(),
    /** PEM files; read again where they change. */
    tls: z
      .strictObject({
        cert: z.string().min(1),
        key: z.string().min(1),
        /** Who signs the certificates of machines. Absent: none is asked for. */
        clientAuthority: z.string().min(1).optional(),
      })
      .optional(),
    auth: z
      .strictObject({
        /** Tokens are those of the cluster that the policy comes from, made for this audience. */
        kubernetes: z.strictObject({ audience: z.string().min(1).default('medlyssning.dev') }).prefault({}),
        /** Machines that have a certificate, and what they may do. */
        certificates: z.array(machine).max(1_000).optional(),
        /** People sign in here; the `sub` of a token is `User.spec.subject`. Absent: only machines use the API. */
        oidc: oidc.optional(),
      })
      .prefault({}),
  })
  .refine(({ listen, tls }) => tls !== undefined || loopback.test(listen.host), {
    message: 'needs tls where others than this machine can reach it: tokens would be sent in the clear',
  })
  .refine(({ tls, auth }) => auth.certificates === undefined || tls?.clientAuthority !== undefined, {
    message: 'auth.certificates needs tls.clientAuthority: no certificate could be checked',
  })
  .refine(({ console, auth }) => console === undefined || auth.oidc !== undefined, {
    message: 'console needs auth.oidc: nobody could sign in',
  });

const hasPassword = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { password, searchParams } = new URL(url);
  return password !== '' || searchParams.has('password');
};

const audit = z
  .strictObject({
    /** A file on a local disk, this node's own. */
    sqlite: z.string().min(1).optional(),
    /** A database that many nodes share. */
    postgres: z
      .strictObject({
        url: z
          .url({
            protocol: /^postgres(ql)?$/,
            error: 'a URL such as postgres://medlyssning@db.example/audit',
          })
          .refine((url) => !hasPassword(url), 'write no password here; it is taken from PGPASSWORD'),
      })
      .optional(),
  })
  .transform(({ sqlite, postgres }, context) => {
    if (sqlite !== undefined && postgres === undefined) return { sqlite };
    if (postgres !== undefined && sqlite === undefined) return { postgres };
    context.addIssue({
      code: 'custom',
      message: 'write either sqlite (a file of this node) or postgres (a database for many nodes)',
    });
    return z.NEVER;
  });

/**
 * The sidecar's configuration, one YAML file. Unknown keys are refused, so that a mistyped key cannot leave a setting
 * at a default nobody wanted.
 */
export const configSchema = z.strictObject({
  /** Name of this media node; stands in audit records. */
  node: z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/, 'a lower-case DNS name such as media-1'),
  engines: z.strictObject({
    /** The call engine: it carries the calls and is never sent a command that could disturb one. */
    call: z.strictObject({ ng: address('tcp', 'udp') }),
    /** The listening engine: an rtpengine ≥ 26.0.1 of our own. */
    listening: z.strictObject({ ng: address('tcp', 'udp') }),
  }),
  observe,
  policy,
  sip: z.strictObject({
    listen: z.array(address('tcp')).min(1).max(8),
    /** Only these may speak SIP to us, since what they say of the caller is believed (R8). */
    trustedPeers: z.array(z.union([z.cidrv4(), z.cidrv6()])).min(1),
    /** Where requests of ours (MESSAGE to the target) go: the PBX. */
    outboundProxy: z
      .string()
      .regex(/^sips?:[^\s<>"]+$/, 'a SIP URI such as sip:127.0.0.1:5060;transport=tcp'),
    /** A header line by which desk phones answer a call to a listener by themselves. Absent: they ring. */
    autoAnswer: z
      .string()
      .regex(
        /^[A-Za-z][A-Za-z0-9-]{0,63}: ?[\x20-\x7e]{1,200}$/,
        'a header such as Call-Info: <sip:pbx>;answer-after=0',
      )
      .optional(),
    /** The header in which the PBX names the asking device. */
    deviceHeader: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/)
      .default('X-Device'),
  }),
  /** The HTTP API. Absent: none. */
  http: http.optional(),
  /** Who is told, outside, of what happens in a company. */
  webhooks,
  /** The records of attempts. */
  audit,
  telemetry: z.strictObject({ metrics: address('tcp') }),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = z.infer<typeof configSchema>;
