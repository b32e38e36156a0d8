import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** The command line or the environment cannot be used; the message names each setting and what to write. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly reason = 'ConfigInvalid';
}

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const hostPort = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/;

const address = z.string().transform((text, context) => {
  const [, host, port] = hostPort.exec(text) ?? [];
  if (host !== undefined && Number(port) <= 65_535)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  context.addIssue({ code: 'custom', message: `"${text}" is no address; write HOST:PORT` });
  return z.NEVER;
});

const schema = z.strictObject({
  /** Namespace of the operator: its Lease, and the MediaNodes that count. */
  namespace: z
    .string()
    .regex(dnsLabel, 'a namespace such as medlyssning-system')
    .default('medlyssning-system'),
  /** Absent: KUBECONFIG, then the pod's ServiceAccount, then ~/.kube/config. */
  kubeconfig: z.string().min(1).optional(),
  /** Where /healthz, /readyz and /metrics are answered. */
  metrics: address.prefault('127.0.0.1:9465'),
  'log-level': z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Names this process in the Lease, in events and in the API server's audit log. */
  identity: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,128}$/, 'letters, digits, dots, dashes and underscores, such as a pod name')
    .prefault(() => hostname()),
});

export type Config = z.infer<typeof schema>;

const options = {
  namespace: { type: 'string' },
  kubeconfig: { type: 'string' },
  metrics: { type: 'string' },
  'log-level': { type: 'string' },
  identity: { type: 'string' },
} as const;

/** `--log-level` is also MEDLYSSNING_LOG_LEVEL, and so on; the command line counts first. Throws {@link ConfigError}. */
export const readConfig = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config => {
  const names = Object.keys(options) as (keyof typeof options)[];
  const given = names.flatMap((name) => {
    const value = flags(args)[name] ?? env[`MEDLYSSNING_${name.toUpperCase().replace('-', '_')}`];
    return value === undefined ? [] : [[name, value] as const];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `  --${path.join('.')}: ${message}`);
  throw new ConfigError(
    `The settings cannot be used; correct these (--help tells more):\n${lines.join('\n')}`,
  );
};

const flags = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new ConfigError(`${cause instanceof Error ? cause.message : cause} See --help.`, { cause });
  }
};
