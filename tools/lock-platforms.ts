import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes package-lock.json with the packages of other platforms. A registry that lacks some of them makes npm leave
 * them out of the lockfile, and then `npm ci` refuses it everywhere. `--check` changes nothing and exits 1 where some
 * are missing.
 */
interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly engines?: unknown;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x'];

/** What a platform package is for, read from its name: `binding-linux-arm-gnueabihf`. */
const platformOf = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> => {
  const words = name.split(/[/.-]/);
  const os = words.find((word) => systems.includes(word));
  const cpu = words.find((word) => processors.includes(word));
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
};

const missingFrom = (packages: Readonly<Record<string, Entry>>): Map<string, Entry> => {
  const missing = new Map<string, Entry>();
  for (const [path, { optionalDependencies = {}, dev, engines }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (packages[`${path}/node_modules/${name}`] || packages[`node_modules/${name}`]) continue;
      missing.set(`node_modules/${name}`, {
        version,
        ...platformOf(name),
        ...(dev === true && { dev }),
        ...(engines !== undefined && { engines }),
        optional: true,
      });
    }
  }
  return missing;
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = missingFrom(lock.packages);
if (process.argv.includes('--check')) {
  for (const path of missing.keys())
    console.error(`package-lock.json lacks ${path}; run node tools/lock-platforms.ts`);
  process.exitCode = missing.size === 0 ? 0 : 1;
} else {
  const all = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.size} packages of other platforms added to package-lock.json`);
}
