import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type RunningSidecar, runningSidecar } from '../running-sidecar.fixture.ts';

const program = join(import.meta.dirname, '..', 'bin', 'medlyssning.mjs');
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

let sidecar: RunningSidecar;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
  sidecar = await runningSidecar();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await sidecar[Symbol.asyncDispose]();
});

describe('listens', { timeout: 60_000 }, () => {
  it('shows each as many as they may know of', async () => {
    await sidecar.listen();
    const told = `LISTENER           TARGET             DEVICE       SINCE
Karin Ek (karin)   Anna Berg (anna)   karin-desk   TIME
`;
    for (const who of ['karin', 'anna', 'helena']) {
      const { code, stdout, stderr } = await sidecar.as(who, 'listens');
      expect({ code, stdout: stdout.replace(moment, 'TIME'), stderr }).toEqual({
        code: 0,
        stdout: told,
        stderr: '',
      });
    }
    expect(await sidecar.as('machine', 'listens', '--company', 'acme')).toMatchObject({
      stdout: expect.stringContaining('Karin Ek (karin)'),
    });
    for (const who of ['eva', 'sven'])
      expect(await sidecar.as(who, 'listens')).toMatchObject({
        code: 0,
        stdout: 'Nobody listens to anybody, as far as you may know.\n',
      });
  });

  it('tells programs the same, and more where it is asked wide', async () => {
    await sidecar.listen();
    const json = JSON.parse((await sidecar.as('helena', 'listens', '-o', 'json')).stdout);
    expect(json).toMatchObject({ listens: [{ listener: { user: 'karin' }, state: 'listening' }] });
    expect(parse((await sidecar.as('helena', 'listens', '-o', 'yaml')).stdout)).toEqual(json);
    const { stdout } = await sidecar.as('helena', 'listens', '-o', 'wide', '--lang', 'sv');
    expect(stdout).toMatch(/^LYSSNAR +PÅ +ENHET +SEDAN +LÄGE +SORT +ID\n.* lyssnar +Desk +\S+\n$/);
  });

  it('says what to do where nobody is let in, or nobody is there', async () => {
    const told = async (who: string, ...args: readonly string[]) => {
      const { code, stdout, stderr } = await sidecar.as(who, 'listens', ...args);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      return stderr;
    };
    expect(await told('machine')).toMatch(/refused \(403 Forbidden\): .* Ask its administrator for a role/);
    expect(await told('machine', '--company', 'beta')).toMatch(/403 Forbidden/);
    const secret = join(folder, 'token');
    writeFileSync(secret, 'one\ntwo');
    expect(await told('karin', '--token-file', secret)).toBe(
      `error: There is no token in ${secret}: write it there alone, on one line.\n`,
    );
    writeFileSync(secret, 'forged\n');
    expect(await told('karin', '--token-file', secret)).toMatch(
      /refused \(401 Unauthenticated\): .* Write the token into a file for --token-file, or into MEDLYSSNING_TOKEN: .* kubectl create token NAME --audience medlyssning\.dev\./,
    );
    expect(await told('karin', '--token-file', 'nowhere')).toMatch(
      /The token in nowhere cannot be read: ENOENT/,
    );
    sidecar.cut(false);
    expect(await told('karin')).toMatch(/cannot be asked: .* kubectl port-forward/);
  });
});

describe('listens --watch', { timeout: 60_000 }, () => {
  /** The real program, its lines one by one. */
  const watching = async (who: string, ...args: readonly string[]) => {
    const words = [program, 'listens', '--server', sidecar.server, '--watch', ...args];
    const env = { ...process.env, MEDLYSSNING_TOKEN: await sidecar.tokenOf(who), NO_COLOR: '1' };
    const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = [child.stdout, child.stderr].map((input) =>
      createInterface({ input })[Symbol.asyncIterator](),
    );
    return {
      line: async () => String((await out?.next())?.value).replace(moment, 'TIME'),
      /** Reads no more; resolves with the exit code. */
      hangUp: async () => {
        child.stdout.destroy();
        return once(child, 'exit');
      },
      code: async () => child.exitCode ?? (await once(child, 'exit'))[0],
      complaint: async () => String((await err?.next())?.value),
      async [Symbol.asyncDispose]() {
        child.kill();
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      },
    };
  };

  it('tells who begins and who ends, and after a cut what was missed, with the reason', async () => {
    await using anna = await watching('anna');
    expect(await anna.line()).toMatch(/^TIME +EVENT +LISTENER +TARGET +DEVICE +REASON$/);
    const stop = await sidecar.listen();
    expect(await anna.line()).toMatch(
      /^TIME +listening +Karin Ek \(karin\) +Anna Berg \(anna\) +karin-desk +-$/,
    );
    sidecar.cut(false);
    expect(await anna.complaint()).toMatch(/^No word from the sidecar; trying again\./);
    await stop();
    sidecar.cut(true);
    // only the stream that goes on behind the last event knows why
    expect(await anna.line()).toMatch(
      /^TIME +ended +Karin Ek \(karin\) +Anna Berg \(anna\) +karin-desk +Stopped$/,
    );
  });

  it('tells programs a line of JSON each, ServiceAccounts by asking, and ends with whoever reads', async () => {
    await using machine = await watching('machine', '--company', 'acme', '-o', 'json');
    const stop = await sidecar.listen();
    expect(JSON.parse(await machine.line())).toMatchObject({
      event: 'listening',
      listen: { listener: { user: 'karin' }, target: { user: 'anna' } },
    });
    await stop();
    expect(JSON.parse(await machine.line())).toMatchObject({
      event: 'ended',
      listen: { listener: { user: 'karin' } },
    });
    const over = machine.hangUp();
    await sidecar.listen();
    expect(await over).toEqual([0, null]);
  });

  it('ends when its token has, and says which to send', async () => {
    const token = await sidecar.door.issuer.token('anna@acme.example', { expiresIn: 1 });
    sidecar.tokenOf = async () => token;
    await using anna = await watching('anna');
    await anna.line();
    const said: string[] = [];
    while (!said.at(-1)?.startsWith('error: ')) said.push(await anna.complaint());
    expect(said.at(-1)).toMatch(/401 Unauthenticated/);
    expect(await anna.code()).toBe(3);
  });
});
