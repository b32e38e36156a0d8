import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';

const options = { config: { type: 'string' }, help: { type: 'boolean' } } as const;

/** What to do: show the help, or run by this configuration. Throws {@link ConfigError}. */
export const readCommandLine = (
  args: readonly string[],
): { help: true } | { help: false; config: string } => {
  const { help, config } = flags(args);
  if (help) return { help };
  if (config === undefined) throw new ConfigError('no configuration given; use --config FILE (see --help)');
  return { help: false, config };
};

const flags = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new ConfigError(`${cause instanceof Error ? cause.message : cause} See --help.`, { cause });
  }
};
