import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runHere } from '../run-here.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
  cpSync(join(examples, 'acme'), join(folder, 'acme'), { recursive: true });
  cpSync(join(examples, 'beta'), join(folder, 'beta'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = (file: string, from: string, to: string): void => {
  const path = join(folder, 'acme', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};
const explain = async (listener: string, target: string, ...more: readonly string[]) => {
  const asked = ['--listener', listener, '--target', target, '--at', '2026-03-02T10:00:00Z'];
  const { code, stdout, stderr } = await runHere(['explain', ...asked, '-f', folder, ...more]);
  return { code, stderr, stdout: stdout.replaceAll(`${folder}/`, '') };
};
const told = async (listener: string, target: string, ...more: readonly string[]) =>
  JSON.parse((await explain(listener, target, ...more, '-o', 'json')).stdout);
/** The lines below the rule that decided. */
const ground = async (...asked: Parameters<typeof told>) => {
  const { reason, rules } = await told(...asked);
  const decided = rules.find(({ outcome }: { outcome: string }) => outcome === 'failed');
  const lines = (decided?.evidence ?? []).map(
    ({ object, field, value, place }: Record<string, string>) => `${object} ${field}: ${value} ${place}`,
  );
  return { reason, lines, toDo: decided?.toDo };
};

describe('a licence that is not held', () => {
  it('because all seats are taken, by whom the seats are in order', async () => {
    change('entitlements.yaml', 'seats: 10', 'seats: 3');
    expect(await ground('sven', 'anna')).toEqual({
      reason: 'ListenerLicenseMissing',
      lines: [
        'Company acme/acme spec.listening.requires.license: KundkontaktPro acme/company.yaml:18',
        'Entitlement acme/kundkontakt-pro spec.seats: 3, all taken acme/entitlements.yaml:11',
        'Entitlement acme/kundkontakt-pro-sommar spec.selector: does not select the labels of the User acme/entitlements.yaml:31',
      ],
      toDo: 'Buy seats and raise spec.seats of Entitlement acme/kundkontakt-pro (acme/entitlements.yaml:9), or take somebody out of it.',
    });
  });

  it('because it has ended, or has not begun', async () => {
    change('entitlements.yaml', '2099-08-31T22:00:00Z', '2026-01-31T22:00:00Z');
    expect(await ground('karin', 'johan')).toMatchObject({
      reason: 'TargetLicenseMissing',
      toDo: expect.stringMatching(/^Renew Entitlement acme\/kundkontakt-pro-sommar /),
    });
    change('entitlements.yaml', '2026-01-31T22:00:00Z', '2099-08-31T22:00:00Z');
    change('entitlements.yaml', '2025-01-01T00:00:00Z', '2026-06-01T00:00:00Z');
    expect(await ground('karin', 'johan')).toMatchObject({
      reason: 'TargetLicenseMissing',
      toDo: expect.stringMatching(/^Wait until Entitlement acme\/kundkontakt-pro-sommar .* begins/),
    });
    expect(await told('karin', 'johan', '--at', '2026-06-01T00:00:00Z')).toMatchObject({ reason: 'Allowed' });
  });

  it('because nothing gives it', async () => {
    change('entitlements.yaml', '  right: Medlyssning', '  right: Annat');
    expect(await ground('karin', 'anna')).toEqual({
      reason: 'ListenerRightMissing',
      lines: ['Company acme/acme spec.listening.requires.right: Medlyssning acme/company.yaml:18'],
      toDo: 'Make an Entitlement with right: Medlyssning and users: [karin] for the company acme. Only an administrator of the whole company may (R3).',
    });
  });
});

describe('a profile', () => {
  it('is asked of both ends where the company says so', async () => {
    change('company.yaml', '  listening:\n', '  listening:\n    internalCalls: Both\n');
    expect(await told('karin', 'anna')).toMatchObject({ reason: 'Allowed' });
    const withBo = await ground('karin', 'anna', '--suppose', 'other-end=bo');
    expect(withBo.reason).toBe('ProfileForbids');
    expect(withBo.lines).toContain('User acme/bo status.activeProfile.name: lunch acme/agents.yaml:34');
    expect(await told('karin', 'anna', '--suppose', 'other-end=lena')).toMatchObject({ reason: 'Allowed' });
    expect(await told('karin', 'anna', '--suppose', 'other-end=who')).toMatchObject({
      reason: 'ProfileAtStartUnknown',
    });
    expect(await told('karin', 'anna', '--suppose', 'other-end=beta/maja')).toMatchObject({
      reason: 'Allowed',
    });
  });

  it('that is the first, since none is said to be active', async () => {
    change('profiles.yaml', '  displayName: Inne\n  allowListening: true', '  displayName: Inne');
    expect(await ground('karin', 'lena')).toMatchObject({
      reason: 'ProfileForbids',
      lines: [
        'User acme/lena spec.profiles[0]: inne, the first, since none is said to be active acme/agents.yaml:107',
        'Profile acme/inne spec.allowListening: false acme/profiles.yaml:5',
      ],
    });
  });

  it('that does not exist', async () => {
    change('agents.yaml', 'name: lunch, since', 'name: fika, since');
    const { reason, lines } = await ground('karin', 'bo');
    expect(reason).toBe('ProfileForbids');
    expect(lines[0]).toBe('User acme/bo status.activeProfile.name: fika acme/agents.yaml:34');
    expect((await told('karin', 'bo')).warnings).toEqual([
      expect.stringMatching(/^User acme\/bo is not Ready \(ProfileUnknown\): /),
    ]);
  });
});

describe('people', () => {
  it('of another company are named only where that company is', async () => {
    expect(await told('karin', 'nils')).toMatchObject({
      reason: 'TargetUnknown',
      target: { displayName: 'nils' },
    });
    expect(await ground('karin', 'beta/nils')).toMatchObject({
      reason: 'TargetUnknown',
      lines: ['User beta/nils spec.companyRef.name: beta beta/users.yaml:20'],
    });
  });

  it('are found by number and extension, as one dials them', async () => {
    for (const target of ['08-465 004 03', '+46846500403', '0046846500403', '403', 'acme/anna'])
      expect(await told('karin', target)).toMatchObject({ reason: 'Allowed', target: { name: 'acme/anna' } });
    expect(await told('0846500401', 'anna')).toMatchObject({ listener: { name: 'acme/karin' } });
  });

  it('whose company there is not are nobody', async () => {
    change('supervisors.yaml', 'companyRef: { name: acme }', 'companyRef: { name: acem }');
    expect(await ground('karin', 'acme/anna')).toMatchObject({
      reason: 'ListenerUnknown',
      lines: ['User acme/karin spec.companyRef.name: acem acme/supervisors.yaml:8'],
      toDo: expect.stringMatching(/^There is no Company acme\/acem;/),
    });
  });

  it('of the same name in two companies have to be told apart', async () => {
    cpSync(join(folder, 'acme'), join(folder, 'other'), { recursive: true });
    for (const file of ['company', 'supervisors', 'agents', 'profiles', 'entitlements', 'administrators']) {
      const path = join(folder, 'other', `${file}.yaml`);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('namespace: acme', 'namespace: other'));
    }
    expect(await explain('karin', 'anna')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: karin is the name of several: acme/karin, other/karin. Write one of these.\n',
    });
    expect((await explain('acme/karin', 'anna')).code).toBe(0);
    expect((await explain('karin', 'anna', '-n', 'other')).code).toBe(0);
  });

  it('are shown with shortened numbers, in words and to programs', async () => {
    for (const format of [[], ['-o', 'wide'], ['-o', 'json'], ['-o', 'yaml']]) {
      const { stdout } = await explain('+46 8 465 004 77', '08-465 004 88', ...format);
      expect(stdout).toContain('+46… 77');
      expect(stdout.replace(/\d{4}-\d\d-\d\dT\S+/g, '')).not.toMatch(/\d[\d -]{6,}\d/);
    }
  });
});

describe('a browser', () => {
  it('is for those who can sign in', async () => {
    expect(await told('greta', 'anna', '--device', 'browser')).toMatchObject({ reason: 'Allowed' });
    change('supervisors.yaml', '  subject: greta@acme.example\n', '');
    expect(await told('greta', 'anna', '--device', 'browser')).toMatchObject({ reason: 'DeviceUnknown' });
    expect(await told('greta', 'anna')).toMatchObject({ reason: 'DeviceNotAllowed' });
  });
});

describe('a name that a terminal would obey', () => {
  it('is shown and does nothing', async () => {
    change('supervisors.yaml', 'displayName: Karin Ek', 'displayName: "Karin\\e[8m\\u202eEk"');
    const shown = 'Karin\ufffd[8m\ufffdEk';
    expect((await explain('karin', 'anna')).stdout).toContain(`${shown} may listen to Anna Berg.`);
    expect((await runHere(['who-can-listen', 'anna', '-f', folder])).stdout).toContain(shown);
  });
});

describe('an object with a mistake', () => {
  it('counts for nothing, and a note says so with file, line and field', async () => {
    change(
      'profiles.yaml',
      'displayName: Kundtjänst\n  allowListening: true',
      'displayName: Kundtjänst\n  allowListenin: true',
    );
    const { code, stdout } = await explain('karin', 'anna');
    expect(code).toBe(1);
    expect(stdout).toContain('no Profile acme/kundtjanst of the company');
    expect(stdout).toMatch(
      /Note: Counts for nothing: Profile acme\/kundtjanst: spec\.allowListenin: .*\(acme\/profiles\.yaml:16:3\)/,
    );
  });
});
