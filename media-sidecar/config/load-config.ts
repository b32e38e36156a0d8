import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { type Config, configSchema } from './config.ts';
import { ConfigError } from './config-error.ts';
import { fillInEnvironment } from './fill-in-environment.ts';

/** Validates a configuration already parsed from YAML. Throws {@link ConfigError}. */
export const checkConfig = (value: unknown, source: string): Config => {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((i) => `  ${i.path.join('.') || '(top)'}: ${i.message}`);
  throw new ConfigError(`${source} is not a usable configuration:\n${lines.join('\n')}`);
};

const policyAt = (policy: Config['policy'], here: (path: string) => string): Config['policy'] => {
  if ('directory' in policy) return { directory: here(policy.directory) };
  const { kubeconfig, ...kubernetes } = policy.kubernetes;
  return { kubernetes: { ...kubernetes, ...(kubeconfig !== undefined && { kubeconfig: here(kubeconfig) }) } };
};

const httpAt = ({ tls, ...http }: NonNullable<Config['http']>, here: (path: string) => string) => ({
  ...http,
  ...(tls && {
    tls: {
      cert: here(tls.cert),
      key: here(tls.key),
      ...(tls.clientAuthority !== undefined && { clientAuthority: here(tls.clientAuthority) }),
    },
  }),
});

/**
 * Reads and validates FILE; paths in it are relative to the file, and `${NAME}` is an environment variable. Throws {@link ConfigError}.
 */
export const loadConfig = async (
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Config> => {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new ConfigError(`cannot read the configuration ${file}: ${cause.message}`, { cause });
  });
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 10 });
  } catch (cause) {
    throw new ConfigError(`${file} is not YAML: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  const filled = fillInEnvironment(value, environment);
  if (filled.missing.length > 0)
    throw new ConfigError(
      `${file} is not a usable configuration:\n${filled.missing.map((m) => `  ${m}`).join('\n')}`,
    );
  const config = checkConfig(filled.value, file);
  const here = (path: string) => resolve(dirname(file), path);
  return {
    ...config,
    policy: policyAt(config.policy, here),
    ...(config.http && { http: httpAt(config.http, here) }),
    webhooks: config.webhooks.map(({ secrets, ...webhook }) => ({
      ...webhook,
      secrets: secrets.map((secret) => ('file' in secret ? { file: here(secret.file) } : secret)),
    })),
    audit: 'sqlite' in config.audit ? { sqlite: here(config.audit.sqlite) } : config.audit,
  };
};
