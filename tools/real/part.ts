/** A program that is not ours and that the demo, the tests and the benchmarks run for real. */
export interface Part {
  readonly name: PartName;
  readonly debianPackages: readonly string[];
  /** How to ask it for its version; the exit code does not matter, several of them fail after printing it. */
  readonly versionArgs: readonly string[];
  readonly versionPattern: RegExp;
  /** The oldest version that will do: major, minor, patch. */
  readonly atLeast: Version;
  /** Whether everything here needs it. What is not needed is offered when it is there. */
  readonly needed: boolean;
}

export type PartName = keyof typeof table;

export type Version = readonly [number, number, number];

/** rtpengine 26.0.1 is the first that can mix for a listener (docs/adr); Kamailio 6 has the rtpengine module's metadata. */
const table = {
  rtpengine: row(['rtpengine-daemon'], ['--version'], /Version: (\d+)\.(\d+)\.(\d+)/, [26, 0, 1], true),
  kamailio: row(
    ['kamailio', 'kamailio-extra-modules', 'kamailio-tls-modules'],
    ['-v'],
    /kamailio (\d+)\.(\d+)\.(\d+)/,
    [6, 0, 0],
    true,
  ),
  sipp: row(['sip-tester'], ['-v'], /SIPp v(\d+)\.(\d+)\.(\d+)/, [3, 6, 0], true),
  baresip: row(['baresip-core'], ['-h'], /baresip v(\d+)\.(\d+)\.(\d+)/, [1, 1, 0], true),
  'espeak-ng': row(
    ['espeak-ng'],
    ['--version'],
    /text-to-speech: (\d+)\.(\d+)(?:\.(\d+))?/,
    [1, 49, 0],
    true,
  ),
  etcd: row(['etcd-server'], ['--version'], /etcd Version: (\d+)\.(\d+)\.(\d+)/, [3, 5, 0], false),
  // A skew of one minor version to the API server of tools/control-plane is what Kubernetes supports.
  kubectl: row(
    ['kubectl'],
    ['version', '--client'],
    /Client Version: v(\d+)\.(\d+)\.(\d+)/,
    [1, 35, 0],
    false,
  ),
  'valkey-server': row(['valkey-server'], ['--version'], / v=(\d+)\.(\d+)\.(\d+)/, [8, 0, 0], false),
  // of the package of promtool
  prometheus: row([], ['--version'], /version (\d+)\.(\d+)\.(\d+)/, [2, 0, 0], false),
  promtool: row(['prometheus'], ['--version'], /version (\d+)\.(\d+)\.(\d+)/, [2, 0, 0], false),
} as const;

export const parts: readonly Part[] = Object.entries(table).map(([name, rest]) => ({
  name: name as PartName,
  ...rest,
}));

function row(
  debianPackages: readonly string[],
  versionArgs: readonly string[],
  versionPattern: RegExp,
  atLeast: Version,
  needed: boolean,
): Omit<Part, 'name'> {
  return { debianPackages, versionArgs, versionPattern, atLeast, needed };
}

/** The version in what a part prints about itself, or undefined when it says none. */
export function versionIn(part: Part, text: string): Version | undefined {
  const match = part.versionPattern.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Whether `version` will do where `atLeast` is asked for. */
export function isNewEnough(version: Version, atLeast: Version): boolean {
  const differs = version.findIndex((number, i) => number !== atLeast[i]);
  return differs === -1 || (version[differs] ?? 0) > (atLeast[differs] ?? 0);
}
