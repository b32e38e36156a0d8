import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { attempt, end, scratch, start, written } from '@medlyssning/media-sidecar/audit/audit.fixture.ts';
import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { describe, expect, it } from 'vitest';
import { runHere } from '../run-here.ts';
import { runningSidecar } from '../running-sidecar.fixture.ts';

const listened = (id: string, of: Parameters<typeof attempt>[1] = {}) => [
  attempt(id, of),
  start(id, { at: '2026-11-23T12:00:01.000Z' }),
  end(id, { at: '2026-11-23T12:00:31.000Z' }),
];
const refused = attempt('b', {
  at: '2026-11-23T13:00:00.000Z',
  listener: { user: 'eva', number: '+46846500406' },
  device: null,
  reason: 'ListenerRightMissing',
});

describe('audit', () => {
  it('shows attempts and what came of them, newest first, numbers shortened', async () => {
    using store = scratch();
    written(store.file, [...listened('a'), refused]);
    const { code, stdout } = await runHere(['audit', '--store', store.file]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `TIME                       LISTENER   TARGET   DEVICE       ANSWER                 HEARD   END
2026-11-23T13:00:00.000Z   eva        anna     -            ListenerRightMissing   -       -
2026-11-23T12:00:00.000Z   karin      anna     karin-desk   Allowed                30 s    CallEnded
`,
    );
    for (const format of ['json', 'yaml', 'wide'])
      expect((await runHere(['audit', '--store', store.file, '-o', format])).stdout).not.toMatch(
        /\+?46846500/,
      );
  });

  it('shows what was asked for, page by page', async () => {
    using store = scratch();
    written(store.file, [...listened('a'), refused]);
    const ask = async (...more: readonly string[]) =>
      JSON.parse((await runHere(['audit', '--store', store.file, '-o', 'json', ...more])).stdout);
    expect((await ask('--listener', 'karin')).entries).toMatchObject([{ attempt: { id: 'a' } }]);
    expect((await ask('--from', '2026-11-23T12:30:00Z')).entries).toMatchObject([{ attempt: { id: 'b' } }]);
    const first = await ask('--limit', '1');
    expect(first.entries).toMatchObject([{ attempt: { id: 'b' } }]);
    expect((await ask('--limit', '1', '--after', first.next)).entries).toMatchObject([
      { attempt: { id: 'a' } },
    ]);
  });

  it('asks for the company where there are several, and names a file that is none', async () => {
    using store = scratch();
    written(store.file, [attempt('a'), attempt('b', { company: 'beta/beta' })]);
    expect(await runHere(['audit', '--store', store.file])).toMatchObject({
      code: 2,
      stderr: 'error: Name one with --company: acme/acme, beta/beta.\n',
    });
    expect(await runHere(['audit', '--store', store.file, '--company', 'beta/beta'])).toMatchObject({
      code: 0,
    });
    const file = join(dirname(store.file), 'notes.txt');
    writeFileSync(
      file,
      'Not a store, but long enough to be taken for one by somebody in a hurry.'.repeat(20),
    );
    for (const path of [file, join(dirname(store.file), 'gone.db')])
      for (const more of [[], ['--verify']])
        expect(await runHere(['audit', '--store', path, ...more])).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('audit --verify', () => {
  const change = (file: string, sql: string): void => {
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
  };
  const verify = (file: string, ...more: readonly string[]) =>
    runHere(['audit', '--store', file, '--verify', ...more]);

  it('finds all as it was written', async () => {
    using store = scratch();
    written(store.file, listened('a'));
    const { code, stdout } = await verify(store.file);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^media-1: 3 rows, 0 of them erased by retention; it ends at 3, [0-9a-f]{64}\n✓ All is as it was/,
    );
  });

  it.each([
    [
      'a changed row',
      `UPDATE rows SET content = replace(content, 'karin', 'sven') WHERE seq = 1`,
      'row 1 is not what was written (changed)',
    ],
    ['a removed row', 'DELETE FROM rows WHERE seq = 2', 'row 2 is gone (removed)'],
    [
      'two rows that changed places',
      'UPDATE rows SET seq = 9 WHERE seq = 1; UPDATE rows SET seq = 1 WHERE seq = 2; UPDATE rows SET seq = 2 WHERE seq = 9',
      '(unlinked)',
    ],
  ])('names %s', async (_, sql, said) => {
    using store = scratch();
    written(store.file, listened('a'));
    change(store.file, sql);
    const { code, stdout } = await verify(store.file);
    expect(code).toBe(1);
    expect(stdout).toContain(said);
  });

  it('names rows that were cut off at the end, by the log', async () => {
    using store = scratch();
    written(store.file, listened('a'));
    const { chains } = JSON.parse((await verify(store.file, '-o', 'json')).stdout);
    const log = join(dirname(store.file), 'sidecar.log');
    const said = { node: 'media-1', audit: chains[0].head, msg: 'audit records written' };
    writeFileSync(log, `no JSON\n{"msg":"something else"}\n${JSON.stringify(said)}\n`);
    expect(await verify(store.file, '--log', log)).toMatchObject({ code: 0 });
    change(store.file, 'DELETE FROM rows WHERE seq > 1');
    expect(await verify(store.file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--log FILE'),
    });
    const { code, stdout } = await verify(store.file, '--log', log);
    expect(code).toBe(1);
    expect(stdout).toContain('media-1: rows 2 to 3 are gone (removed)');
    writeFileSync(log, '{"msg":"nothing of the kind"}\n');
    expect(await verify(store.file, '--log', log)).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('audit --export', () => {
  const kept = (store: ReturnType<typeof scratch>, text: string): string => {
    const file = join(dirname(store.file), 'audit.ndjson');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  it.each([
    ['all companies', []],
    ['one of them', ['--company', 'acme/acme']],
  ] as const)(
    'of %s verifies elsewhere; a line that was changed, removed or moved is named',
    async (_, of) => {
      using store = scratch();
      written(store.file, [
        ...listened('a'),
        attempt('b', { company: 'beta/beta' }),
        ...listened('c').slice(0, 2),
      ]);
      const exported = await runHere(['audit', '--store', store.file, '--export', ...of]);
      expect(exported).toMatchObject({ code: 0, stderr: '' });
      const lines = exported.stdout.trimEnd().split('\n');
      expect(lines.length).toBe(6);
      expect(exported.stdout.includes('beta')).toBe(of.length === 0);
      const verify = (changed: readonly string[]) =>
        runHere(['audit', '--verify', kept(store, changed.map((line) => `${line}\n`).join(''))]);
      const { code, stdout } = await verify(lines);
      expect(code).toBe(0);
      expect(stdout).toContain('media-1: 6 rows');
      expect(stdout.includes('media-1: 1 rows are withheld')).toBe(of.length > 0);
      const [first = '', second = '', ...rest] = lines;
      for (const [tampered, said] of [
        [[first.replace('karin', 'sven'), second, ...rest], 'row 1 is not what was written (changed)'],
        [[first, ...rest], 'row 2 is gone (removed)'],
        [[second, first, ...rest], 'row 1 is gone (removed)'],
      ] as const)
        expect(await verify(tampered)).toMatchObject({ code: 1, stdout: expect.stringContaining(said) });
      expect(await verify([first, second.slice(0, 40)])).toMatchObject({
        code: 3,
        stdout: '',
        stderr: expect.stringContaining('Line 2 of'),
      });
      expect(await verify([])).toMatchObject({ code: 3, stdout: '' });
    },
  );

  it('is compared with where the log says that the chain ended', async () => {
    using store = scratch();
    written(store.file, listened('a'));
    const { stdout } = await runHere(['audit', '--store', store.file, '--export']);
    const { seq, hash } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const log = join(dirname(store.file), 'sidecar.log');
    writeFileSync(log, `${JSON.stringify({ node: 'media-1', audit: { seq, hash } })}\n`);
    const verify = (text: string) => runHere(['audit', '--verify', kept(store, text), '--log', log]);
    expect(await verify(stdout)).toMatchObject({ code: 0 });
    expect(await verify(`${stdout.split('\n')[0]}\n`)).toMatchObject({ code: 1 });
  });

  it('of a sidecar is for administrators, of their company', { timeout: 60_000 }, async () => {
    using store = scratch();
    await using sidecar = await runningSidecar();
    const stop = await sidecar.listen();
    await stop();
    const { code, stdout } = await sidecar.as('helena', 'audit', '--export');
    expect([code, stdout.split('\n').length]).toEqual([0, 4]);
    expect(await runHere(['audit', '--verify', kept(store, stdout)])).toMatchObject({ code: 0 });
    for (const who of ['karin', 'anna', 'machine'])
      expect(await sidecar.as(who, 'audit', '--export')).toMatchObject({ code: 3, stdout: '' });
    const others = await sidecar.door.issuer.token('nils@beta.example', { roles: [administratorRole] });
    process.env['MEDLYSSNING_TOKEN'] = others;
    try {
      const answer = await runHere(['audit', '--export', '--server', sidecar.server]);
      expect(answer).toEqual({ code: 0, stdout: '', stderr: '' });
    } finally {
      delete process.env['MEDLYSSNING_TOKEN'];
    }
  });

  it.each([
    [['--store', 'a.db', '--verify', 'audit.ndjson']],
    [['--store', 'a.db', '--export', '--verify']],
    [['--store', 'a.db', '--export', '--target', 'anna']],
    [['--store', 'a.db', '--export', '-o', 'json']],
    [['--export']],
    [['--verify', 'audit.ndjson', '--company', 'acme/acme']],
  ])('does not take %j', async (args) => {
    expect(await runHere(['audit', ...args])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('audit of a running sidecar', { timeout: 60_000 }, () => {
  it('tells people what they may know, and administrators all', async () => {
    await using sidecar = await runningSidecar();
    const stop = await sidecar.listen();
    await stop();
    const { code, stdout, stderr } = await sidecar.as('karin', 'audit', '--lang', 'sv');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^TID +LYSSNAR +PÅ +ENHET +SVAR +HÖRDE +SLUT\n\S+Z +karin +anna +karin-desk +Allowed +0 s +Stopped\n$/,
    );
    expect((await sidecar.as('eva', 'audit')).stdout).toBe('There is no such attempt.\n');
    const told = JSON.parse((await sidecar.as('helena', 'audit', '--target', 'anna', '-o', 'json')).stdout);
    expect(told).toMatchObject({
      attempts: [{ listener: { user: 'karin' }, detail: { node: 'n' } }],
      next: null,
    });
    expect((await sidecar.as('helena', 'audit', '--listener', 'anna')).stdout).toBe(
      'There is no such attempt.\n',
    );
    expect(await sidecar.as('machine', 'audit')).toMatchObject({ code: 3, stdout: '' });
  });

  it.each([[['--verify']], [['--company', 'acme/acme']], [['--store', 'audit.db']]])(
    'does not take %j',
    async (more) => {
      const server = ['--server', 'http://127.0.0.1:1'];
      expect(await runHere(['audit', ...server, ...more])).toMatchObject({ code: 2, stdout: '' });
    },
  );

  it('has to be told where to look', async () => {
    expect(await runHere(['audit'])).toMatchObject({
      code: 2,
      stderr: 'error: Name where the records are: one of --store FILE, --postgres URL and --server URL.\n',
    });
  });
});
