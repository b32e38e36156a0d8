import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DirectorySource, openDirectorySource } from './directory-source.ts';
import { PolicyStore } from './policy-store.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples', 'acme');
let directory: string;
let store: PolicyStore;
let source: DirectorySource;
let complaints: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'medlyssning-policy-'));
  await cp(examples, directory, { recursive: true });
  complaints = [];
  store = new PolicyStore(() => Date.now());
  source = await openDirectorySource(
    directory,
    store,
    pino({ level: 'error' }, { write: (line: string) => void complaints.push(JSON.parse(line).problem) }),
  );
});
afterEach(async () => {
  source.close();
  await rm(directory, { recursive: true, force: true });
});

const edit = async (file: string, change: (text: string) => string): Promise<void> => {
  const path = join(directory, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
};
const changed = (): Promise<void> =>
  new Promise((resolve) => {
    const unsubscribe = store.subscribe(() => {
      unsubscribe();
      resolve();
    });
  });
const karin = () => store.index.userByName('acme/acme', 'karin');

describe('a directory of YAML as the source of policy', () => {
  it('is in force once opened', () => {
    expect(karin()?.mayListenAt(Date.now())).toBe(true);
    expect(store.ageMs()).toBeLessThan(5_000);
  });

  it('takes a right away as soon as the file says so', async () => {
    const done = changed();
    await edit('entitlements.yaml', (text) => text.replace(/^ *- karin\n(?![\s\S]*^ *- karin\n)/m, ''));
    await done;
    expect(karin()?.mayListenAt(Date.now())).toBe(false);
    expect(karin()?.licensedAt(Date.now())).toBe(true);
  });

  it('keeps the last good form of a broken object, says where it is wrong, and takes the other changes', async () => {
    const done = changed();
    await edit('supervisors.yaml', (text) =>
      text
        .replace('displayName: Karin Ek', 'displayName: 7')
        .replace('displayName: Sven Lund', 'displayName: Sven L'),
    );
    await done;
    expect(karin()?.displayName).toBe('Karin Ek');
    expect(store.index.userByName('acme/acme', 'sven')?.displayName).toBe('Sven L');
    expect(complaints.join()).toMatch(/User acme\/karin: spec\.displayName.*supervisors\.yaml:\d+/);
  });

  it('keeps all of a file that is no YAML, and complains once', async () => {
    await edit('supervisors.yaml', (text) => `${text}\n  : [`);
    await source.refresh();
    await source.refresh();
    expect(karin()?.mayListenAt(Date.now())).toBe(true);
    expect(complaints.filter((line) => line.includes('supervisors.yaml'))).toHaveLength(1);
  });

  it('lets the policy grow old while the directory cannot be read, and changes nothing', async () => {
    const before = store.ageMs();
    await rename(directory, `${directory}.away`);
    await source.refresh();
    expect(karin()?.mayListenAt(Date.now())).toBe(true);
    expect(store.ageMs()).toBeGreaterThanOrEqual(before);
    await rename(`${directory}.away`, directory);
  });

  it('reads a mounted ConfigMap: links, and the folders they point into only once', async () => {
    const mounted = await mkdtemp(join(tmpdir(), 'medlyssning-mounted-'));
    await mkdir(join(mounted, '..2026_11_23'));
    await cp(examples, join(mounted, '..2026_11_23'), { recursive: true });
    await symlink('..2026_11_23', join(mounted, '..data'));
    for (const file of ['company.yaml', 'profiles.yaml', 'supervisors.yaml', 'entitlements.yaml']) {
      await symlink(join('..data', file), join(mounted, file));
    }
    const own = new PolicyStore(() => Date.now());
    const opened = await openDirectorySource(mounted, own, pino({ level: 'silent' }));
    opened.close();
    expect(own.index.userByName('acme/acme', 'karin')?.mayListenAt(Date.now())).toBe(true);
    await rm(mounted, { recursive: true, force: true });
  });

  it('follows a directory that was moved away and came back, and one that was put in its place', async () => {
    const next = `${directory}-next`;
    await cp(directory, next, { recursive: true });
    await rename(directory, `${directory}-away`);
    await source.refresh();
    await rename(next, directory);
    const done = changed();
    await source.refresh();
    await edit('entitlements.yaml', (text) => text.replace(/^ *- karin\n(?![\s\S]*^ *- karin\n)/m, ''));
    await done;
    expect(karin()?.mayListenAt(Date.now())).toBe(false);
    await rm(`${directory}-away`, { recursive: true });
  });
});
