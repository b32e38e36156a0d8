/** What commands may name. */
export interface Known {
  /** Scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
  /** Whether a path of the project exists. */
  readonly exists: (path: string) => boolean;
  /** What `--help` says: of `medlyssning COMMAND`, of a script of npm, of a program by its path. `undefined`: there is no such. */
  readonly help: {
    readonly command: (name: string) => string | undefined;
    readonly script: (name: string) => string | undefined;
    readonly program: (path: string) => string | undefined;
  };
  /** Whether a chart's values have a key, `media.sip.port`. `undefined`: no such chart. */
  readonly hasValue: (chart: string, key: string) => boolean | undefined;
}

/** Why a command cannot be right, for people; `undefined` where nothing is known against it. */
export function flawOf(words: readonly string[], known: Known): string | undefined {
  const [program = '', ...rest] = words;
  const check = checks[program];
  return check?.(rest, known) ?? missingFile(rest, known);
}

const checks: Readonly<Record<string, (rest: readonly string[], known: Known) => string | undefined>> = {
  npm: ([verb = '', script = '', ...rest], known) => {
    if (verb !== 'run' && verb !== 'test') return undefined;
    const name = verb === 'test' ? 'test' : [script, ...rest].find((word) => !word.startsWith('--'));
    const args = verb === 'test' ? [script, ...rest] : rest;
    if (name === undefined || !known.scripts.has(name)) return `there is no script ${name}`;
    const help = known.help.script(name);
    return help === undefined
      ? undefined
      : missingFlag(args.slice(args.indexOf('--') + 1), help, `npm run ${name}`);
  },
  npx: ([name, ...rest], known) => (name === 'medlyssning' ? ofMedlyssning(rest, known) : undefined),
  medlyssning: (rest, known) => ofMedlyssning(rest, known),
  kubectl: (rest, known) => (rest[0] === 'medlyssning' ? ofMedlyssning(rest.slice(1), known) : undefined),
  node: (rest, known) => {
    const [path, ...args] = rest.slice(rest.findIndex((word) => !word.startsWith('-')));
    if (path === undefined || path.startsWith('-')) return undefined;
    if (!known.exists(path)) return `there is no ${path}`;
    const help = known.help.program(path);
    return help === undefined ? undefined : missingFlag(args, help, path);
  },
  helm: (rest, known) => {
    const chart = rest.find((word) => /(?:^|\/)charts\//.test(word));
    if (chart === undefined) return undefined;
    const keys = rest.flatMap((word, i) =>
      /^--set(?:-string|-json|-file)?$/.test(rest[i - 1] ?? '') ? (word.split('=')[0] ?? []) : [],
    );
    const none = keys.find((key) => !known.hasValue(chart, key.replaceAll('\\.', '.')));
    if (none !== undefined) return `${chart} has no value ${none}`;
    return known.exists(chart) ? undefined : `there is no ${chart}`;
  },
};

function ofMedlyssning(rest: readonly string[], known: Known): string | undefined {
  const [command = '', ...args] = rest;
  if (command === '' || command === '…' || command.startsWith('-')) return undefined;
  const help = known.help.command(command);
  return help === undefined
    ? `medlyssning has no command ${command}`
    : missingFlag(args, help, `medlyssning ${command}`);
}

/** `-n` and `--namespace` stand in the text of help as words. */
function missingFlag(args: readonly string[], help: string, of: string): string | undefined {
  const flags = args.flatMap((arg) => /^--?[A-Za-z][\w-]*/.exec(arg)?.[0] ?? []);
  const none = flags.find((flag) => !new RegExp(`(?<![\\w-])${flag}(?![\\w-])`).test(help));
  return none === undefined ? undefined : `${of} has no ${none}`;
}

/** Files of the project are named from its root, by one of its folders. */
const ours =
  /^(?:\.\/)?(?:charts|crds|examples|docs|tools|media-sidecar|operator|console|packages)\/[\w./-]*$/;

function missingFile(rest: readonly string[], known: Known): string | undefined {
  const paths = rest
    .map((word) => word.replace(/^(?:--?[\w-]+=)?(?:\w+=)?/, ''))
    .filter((word) => ours.test(word));
  const none = paths.find((path) => !known.exists(path));
  return none === undefined ? undefined : `there is no ${none}`;
}
