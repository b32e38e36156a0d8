import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { attempt, end, start } from '@medlyssning/media-sidecar/audit/audit.fixture.ts';
import { Connection } from '@medlyssning/media-sidecar/audit/postgres/connection.ts';
import { postgresWriter } from '@medlyssning/media-sidecar/audit/postgres/postgres-writer.ts';
import { type Postgres, startPostgres } from '@medlyssning/tools/real/postgres.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../run-here.ts';

let server: Postgres;
let reader: string;
const sql = async (text: string): Promise<readonly object[]> => {
  const connection = new Connection(server.url, { connectMs: 5_000, queryMs: 5_000 }, async () => {});
  const { rows } = await connection.use((client) => client.query(text));
  await connection.close();
  return rows;
};
const audit = (...args: readonly string[]) => runHere(['audit', '--postgres', reader, ...args]);

beforeAll(async () => {
  server = await startPostgres();
  await sql('CREATE ROLE reader LOGIN');
  reader = server.url.replace('postgres@', 'reader@');
}, 600_000);
afterAll(() => server?.[Symbol.asyncDispose]());

describe('audit --postgres', () => {
  it('makes no table where there is none, and says what to name', async () => {
    const { code, stdout, stderr } = await runHere(['audit', '--postgres', server.url]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/has no table medlyssning_audit\. Name the database of audit\.postgres\.url/);
    expect(await sql("SELECT to_regclass('medlyssning_audit') AS found")).toEqual([{ found: null }]);
  });

  it('shows and verifies the chains of all nodes to one who may only read', async () => {
    for (const node of ['media-1', 'media-2']) {
      const writer = postgresWriter(server.url, node, expect.fail);
      await writer.append([attempt(`${node}-a`), start(`${node}-a`), end(`${node}-a`)]);
      await writer.close();
    }
    await sql('GRANT SELECT ON medlyssning_audit TO reader');
    const { code, stdout, stderr } = await audit('-o', 'wide');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^.* NODE +CALL +ID\n.* media-2 .*\n.* media-1 .*\n$/);
    const verified = await audit('--verify', '--lang', 'sv');
    expect(verified.code).toBe(0);
    expect(verified.stdout).toMatch(
      /^media-1: 3 rader, 0 av dem gallrade; .*\nmedia-2: 3 rader, .*\n✓ Allt är som det skrevs\./,
    );
  });

  it.each([[[]], [['--company', 'acme/acme']]])('exports %j, to be verified elsewhere', async (of) => {
    const { code, stdout } = await audit('--export', ...of);
    expect([code, stdout.split('\n').length]).toEqual([0, 7]);
    const file = join(await mkdtemp(join(tmpdir(), 'medlyssning-export-')), 'audit.ndjson');
    await writeFile(file, stdout);
    const verified = await runHere(['audit', '--verify', file]);
    await rm(dirname(file), { recursive: true });
    expect(verified).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/media-1: 3 rows.*\nmedia-2: 3/),
    });
  });

  it('names a row that was changed', async () => {
    await sql(
      "UPDATE medlyssning_audit SET content = replace(content, 'karin', 'sven') WHERE node = 'media-2' AND seq = 1",
    );
    const { code, stdout } = await audit('--verify');
    expect(code).toBe(1);
    expect(stdout).toContain('media-2: row 1 is not what was written (changed)');
  });

  it('takes no password from the command line, and shows none', async () => {
    const url = 'postgres://reader:hemligt@127.0.0.1:1/postgres';
    for (const one of [url, 'postgres://reader@127.0.0.1:1/postgres?password=hemligt', 'media-1']) {
      const { code, stdout, stderr } = await runHere(['audit', '--postgres', one]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toContain('hemligt');
    }
    const gone = await runHere(['audit', '--postgres', 'postgres://reader@127.0.0.1:1/postgres']);
    expect(gone).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/127\.0\.0\.1:1\/postgres cannot be read/),
    });
  });
});
