import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../run-here.ts';
import { type RunningSidecar, runningSidecar } from '../running-sidecar.fixture.ts';

let sidecar: RunningSidecar;
beforeAll(async () => {
  sidecar = await runningSidecar();
});
afterAll(() => sidecar?.[Symbol.asyncDispose]());

describe('calls', { timeout: 60_000 }, () => {
  it('shows who is in a call, to those who may know', async () => {
    const { code, stdout } = await sidecar.as('karin', 'calls');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^COLLEAGUE +NAME +SINCE +MAY LISTEN\nanna +Anna Berg +\S+Z +yes\nCalls of colleagues whom you may never/,
    );
    const wide = await sidecar.as('karin', 'calls', '-o', 'wide', '--lang', 'sv');
    expect(wide.stdout).toMatch(
      /^KOLLEGA +NAMN +SEDAN +FÅR LYSSNA +ANKNYTNING +VARFÖR\nanna .* Medlyssning är tillåten\.\n/,
    );
    expect(JSON.parse((await sidecar.as('karin', 'calls', '-o', 'json')).stdout)).toMatchObject({
      calls: [{ user: 'anna', mayListen: true }],
      hidden: { all: false },
    });
  });

  it('shows nothing to those who may not, and says why', async () => {
    const { code, stdout } = await sidecar.as('eva', 'calls');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Whether colleagues are in calls is not for you to know: .* \(ListenerRightMissing\)\n$/,
    );
    expect((await sidecar.as('eva', 'calls', '-o', 'json')).stdout).not.toContain('anna');
    expect(await sidecar.as('machine', 'calls')).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('explain by a running sidecar', { timeout: 60_000 }, () => {
  const explain = (who: string, listener: string, target: string, ...more: readonly string[]) =>
    sidecar.as(who, 'explain', '--listener', listener, '--target', target, ...more);

  it('reads as one from a folder', async () => {
    const { code, stdout } = await explain('karin', 'karin', 'anna');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Karin Ek may listen to Anna Berg\.\nListening is allowed\.\n\n {2}✓ - {3}Karin Ek is a user of a company\n/,
    );
    expect(stdout).toContain(
      `Nothing supposed: asked from browser (Browser); calls, lines and policy as they are at ${sidecar.server} now.`,
    );
    const desk = await explain('karin', 'karin', 'acme/anna', '--device', 'karin-desk', '-o', 'json');
    expect(JSON.parse(desk.stdout)).toMatchObject({
      verdict: 'allowed',
      device: { name: 'karin-desk', kind: 'Desk' },
      listener: { name: 'karin', displayName: 'Karin Ek' },
      asked: sidecar.server,
    });
  });

  it('names the rule that refuses, in Swedish too, and to the caller no rule behind it', async () => {
    const { code, stdout } = await explain('karin', 'karin', 'bo', '--lang', 'sv');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Karin Ek får inte lyssna på Bo Dahl: TargetNotInCall\.\nDin kollega är inte i något samtal\./,
    );
    expect(stdout).toMatch(/✗ - {3}Bo Dahl är i ett samtal: TargetNotInCall\n {8}se: /);
    expect(stdout).not.toContain('R11');
    const { stdout: all } = await explain('machine', 'acme/karin', 'acme/bo');
    expect(all).toContain('R11');
  });

  it('is refused to whoever asks about others', async () => {
    expect(await explain('eva', 'karin', 'anna')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('403 Forbidden'),
    });
  });

  it('takes nothing that only objects can answer', async () => {
    for (const more of [
      ['--suppose', 'line-busy'],
      ['--at', '2026-01-01T00:00:00Z'],
      ['-f', 'examples/acme'],
    ])
      expect(await explain('karin', 'karin', 'anna', ...more)).toMatchObject({ code: 2, stdout: '' });
    expect(await explain('karin', 'karin', '08-465 004 03')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /metadata\.name of their User, as karin or acme\/karin, and not as \+?\S*… ?\d\d/,
      ),
    });
  });
});

describe('who-can-listen by a running sidecar', { timeout: 60_000 }, () => {
  it('is told as from a folder, to administrators and machines', async () => {
    const told = await sidecar.as('helena', 'who-can-listen', 'anna');
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toBe(`USER    NAME        FROM
greta   Greta Wik   browser
karin   Karin Ek    karin-desk,karin-mobile,browser
sven    Sven Lund   sven-mobile,sven-desk,browser

Hold the right and are refused: filip (ListenerLicenseMissing). Why: explain --listener NAME --target anna
`);
    expect(await sidecar.as('machine', 'who-can-listen', 'acme/anna')).toEqual(told);
  });

  it('says nobody where the colleague is in no call, and exits with 1', async () => {
    const { code, stdout } = await sidecar.as('helena', 'who-can-listen', 'bo', '--lang', 'sv', '-o', 'wide');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Ingen får lyssna på Bo Dahl\.\nANVÄNDARE +NAMN +FRÅN +SKÄL/);
    expect(stdout).toContain('TargetNotInCall');
  });

  it('is not told to colleagues', async () => {
    expect(await sidecar.as('karin', 'who-can-listen', 'anna')).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('a token', () => {
  it.each(['http://media-1:8080', 'ftp://127.0.0.1', 'media-1:8443'])('is not sent to %s', async (server) => {
    expect(await runHere(['calls', '--server', server])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: --server /),
    });
  });
});
