import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runHere } from './run-here.ts';

const root = join(import.meta.dirname, '..');
const acme = join(root, 'examples', 'acme');
const program = join(import.meta.dirname, 'bin', 'medlyssning.mjs');

const commands = ['validate', 'explain', 'who-can-listen', 'listens', 'calls', 'profile', 'audit'] as const;

const inAcme = (...args: readonly string[]) => runHere([...args, '-f', acme]);
const changed = async (file: string, from: string, to: string, ask: (folder: string) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
  try {
    cpSync(acme, folder, { recursive: true });
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
    await ask(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('exit codes', () => {
  it.each([
    [0, ['explain', '--listener', 'karin', '--target', 'anna', '-f', acme]],
    [1, ['explain', '--listener', 'karin', '--target', 'bo', '-f', acme]],
    [0, ['who-can-listen', 'anna', '-f', acme]],
    [1, ['who-can-listen', 'cilla', '-f', acme]],
    [3, ['who-can-listen', 'nobody', '-f', acme]],
    [0, ['validate', acme]],
    [3, ['validate', join(acme, 'nowhere')]],
    [3, ['validate', join(root, 'cli')]],
    [2, ['explain', '--listener', 'karin', '-f', acme]],
    [2, ['explain', '--listener', 'karin', '--target', 'anna', '-f', acme, '--suppose', 'rain']],
    [2, ['explain', '--listener', 'karin', '--target', 'anna', '-f', acme, '--at', 'yesterday']],
    [2, ['explain', '--listener', 'karin', '--target', 'anna', '-f', acme, '-o', 'xml']],
    [2, ['profile', 'anna', 'lunch', '-f', acme]],
    [2, ['profile', 'anna', 'lunch', '--server', 'http://127.0.0.1:1']],
    [2, ['profile', 'acme/anna', 'lunch', '--server', 'media-1']],
    [3, ['profile', 'acme/anna', 'lunch', '--server', 'http://127.0.0.1:1']],
    [2, ['explian']],
    [0, ['--help']],
  ] as const)('%i for %j', async (code, args) => {
    const ran = await runHere(args);
    expect(ran).toMatchObject({ code });
    if (code >= 2) expect(ran).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^error: .{20,}/) });
    else expect(ran).toMatchObject({ stderr: '', stdout: expect.stringMatching(/.{20,}/) });
  });
});

describe('help', () => {
  it('names every command, what it does, and the exit codes', async () => {
    const { stdout } = await runHere(['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) (?:\[|<).* {2}\S/gm)].map(([, name]) => name);
    expect(listed).toEqual([...commands, 'completion', 'help']);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /Exit codes: 0 yes, done; 1 no: .*; 2 the command line .*; 3 no answer/,
    );
  });

  it.each(commands)('%s has examples that can be run', async (command) => {
    const { stdout } = await runHere([command, '--help'], 'kubectl medlyssning');
    const examples = [...stdout.matchAll(/^ {2}kubectl medlyssning (.+)$/gm)].map(([, line = '']) => line);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const line of examples) {
      expect(line.startsWith(command)).toBe(true);
      if (!line.includes(' -f ') && command !== 'validate') continue;
      const words = (line.split(' | ')[0] ?? '')
        .split(' ')
        .map((word) => word.replace('examples/acme', acme));
      expect(await runHere(words)).toMatchObject({ stderr: '' });
    }
  });
});

describe('validate', () => {
  it('names file, line and field of what the API server would refuse', () =>
    changed('agents.yaml', 'kind: Desk, address: bo-desk', 'kind: Dsk, address: bo-desk', async (folder) => {
      const { code, stdout } = await runHere(['validate', folder]);
      expect(code).toBe(1);
      expect(stdout).toContain('error    User acme/bo: spec.devices[0].kind: ');
      expect(stdout).toContain(`(${join(folder, 'agents.yaml')}:30:`);
      expect(JSON.parse((await runHere(['validate', folder, '-o', 'json'])).stdout)).toMatchObject({
        valid: false,
        problems: [{ object: 'User acme/bo', field: 'spec.devices[0].kind', line: 30 }],
      });
    }));

  it('warns of what the operator would report, and that is not invalid', () =>
    changed(
      'entitlements.yaml',
      '    - karin\n    - sven\n    - anna',
      '    - karin\n    - svenn\n    - anna',
      async (folder) => {
        const { code, stdout } = await runHere(['validate', folder]);
        expect(code).toBe(0);
        expect(stdout).toMatch(
          /^warning {2}Entitlement acme\/kundkontakt-pro: UserUnknown: .*svenn.*entitlements\.yaml:7\)$/m,
        );
      },
    ));

  it('takes one file, too', async () => {
    expect(await runHere(['validate', join(acme, 'company.yaml')])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ 1 object in /),
    });
  });
});

describe('who-can-listen', () => {
  it('says from what, and who is refused although holding the right', async () => {
    const { stdout } = await inAcme('who-can-listen', 'anna');
    expect(stdout).toBe(`USER         NAME        FROM
acme/greta   Greta Wik   browser
acme/karin   Karin Ek    karin-desk,karin-mobile,browser
acme/sven    Sven Lund   sven-mobile,sven-desk,browser

Hold the right and are refused: acme/filip (ListenerLicenseMissing). Why: explain --listener NAME --target acme/anna
`);
  });

  it('says the same to programs, and in Swedish', async () => {
    const data = parse((await inAcme('who-can-listen', 'anna', '-o', 'yaml')).stdout);
    expect(data).toEqual(JSON.parse((await inAcme('who-can-listen', 'anna', '-o', 'json')).stdout));
    expect(data.listeners.map(({ reason }: { reason: string }) => reason)).toEqual([
      'Allowed',
      'Allowed',
      'Allowed',
      'ListenerLicenseMissing',
    ]);
    const { stdout } = await inAcme('who-can-listen', 'anna', '-o', 'wide', '--lang', 'sv');
    expect(stdout).toContain('Du saknar licensen som medlyssning kräver.');
  });

  it('says nobody where the target cannot be listened to, and why', async () => {
    const { stdout } = await inAcme('who-can-listen', 'bo', '-o', 'wide');
    expect(stdout).toMatch(/^Nobody may listen to Bo Dahl\.$/m);
    expect(stdout).toMatch(/^acme\/greta .* ProfileForbids /m);
  });
});

describe('profile in a folder', () => {
  it('says where to write what', async () => {
    const { stderr } = await inAcme('profile', 'anna', 'lunch');
    expect(stderr).toContain(`(${join(acme, 'agents.yaml')}:18)`);
    expect(stderr).toMatch(/activeProfile: \{ name: lunch, since: "\d{4}-/);
  });
});

describe('the program', { timeout: 60_000 }, () => {
  const run = promisify(execFile);
  const node = process.execPath;
  const env = (more: Record<string, string>) => ({
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    ...more,
  });

  it('prints no colour where it is no terminal', async () => {
    const { stdout } = await run(node, [program, 'who-can-listen', 'anna', '-f', acme], { env: env({}) });
    expect(stdout).not.toContain('\u001b');
  });

  it('prints colour on a terminal, and not with NO_COLOR', async () => {
    const command = `${node} ${program} who-can-listen bo -f ${acme}`;
    const onTerminal = (more: Record<string, string>) =>
      run('script', ['--quiet', '--command', command, '/dev/null'], { env: env({ TERM: 'xterm', ...more }) });
    // Colours are for a terminal: the answer no has an exit code that `script` does not hand on.
    expect((await onTerminal({})).stdout).toContain('\u001b[31mNobody');
    expect((await onTerminal({ NO_COLOR: '1' })).stdout).not.toContain('\u001b');
  });

  it.each(['bash', 'zsh', 'fish'])('prints a completion script for %s that asks it', async (shell) => {
    const { stdout } = await run(node, [program, 'completion', shell], { env: env({}) });
    expect(stdout).toContain('medlyssning complete --');
  });
});

describe('completion', { timeout: 60_000 }, () => {
  it('offers commands, options, people, profiles and files', async () => {
    const offered = async (...words: readonly string[]) => {
      const { stdout } = await runHere(['complete', '--', ...words]);
      return stdout
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith(':'))
        .map((line) => line.split('\t')[0]);
    };
    expect(await offered('e')).toEqual(['explain']);
    expect(await offered('explain', '--lis')).toEqual(['--listener']);
    expect(await offered('explain', '-f', acme, '--target', 'an')).toEqual(['anna']);
    expect(await offered('profile', '-f', acme, 'helena', '')).toEqual(['inne', 'lunch']);
    expect(await offered('validate', acme)).toEqual([`${acme}/`]);
    expect(await offered('explain', '-o', '')).toEqual(['table', 'wide', 'json', 'yaml']);
    expect(await offered('explain', '-f', acme, '--target=an')).toEqual(['--target=anna']);
    expect(await offered('who-can-listen', '-f', 'nowhere', '')).toEqual([]);
    expect(await offered('who-can-listen', 'anna', '')).toEqual([]);
  });
});
