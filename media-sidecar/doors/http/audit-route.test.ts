import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, end, noon, start } from '../../audit/audit.fixture.ts';
import { AuditStoreError } from '../../audit/audit-store.ts';
import type { AttemptsPage } from './find-attempts.ts';
import { type OpenDoor, openDoor } from './http-door.fixture.ts';

let door: OpenDoor;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const token = (name: string, isAdministrator = false) =>
  door.issuer.token(`${name}@acme.example`, { roles: isAdministrator ? [administratorRole] : [] });
const get = async (as: string, query = '') => {
  const response = await door.send(`/v1/audit${query}`, as);
  return { status: response.status, body: (await response.json()) as AttemptsPage & { reason: string } };
};
const ids = async (as: string, query = '') => (await get(as, query)).body.attempts.map(({ id }) => id);
const minute = (n: number) => new Date(Date.parse(noon) + n * 60_000).toISOString();

/** Rules up to the target. */
const rules = (failed?: 'ListenerRightMissing') =>
  (['ListenerLicenseMissing', 'ListenerRightMissing', 'TargetUnknown'] as const).map((reason) => ({
    rule: 'R1' as const,
    reason,
    outcome: reason === failed ? ('failed' as const) : ('passed' as const),
    field: 'Entitlement.spec.users',
  }));
const eva = { user: 'eva', number: '+46846500405' };

/** Karin heard Anna until her right was taken away; Sven was refused by the profile, Eva by a rule about herself. */
const tell = () =>
  void door.stage.audit.records.push(
    attempt('heard', { rules: rules() }),
    start('heard', { at: minute(1) }),
    end('heard', { at: minute(9), reason: 'Revoked', cause: 'ListenerRightMissing' }),
    attempt('forbidden', {
      at: minute(2),
      listener: { user: 'sven', number: '+46846500402' },
      reason: 'ProfileForbids',
      rules: rules(),
    }),
    attempt('no-right', {
      at: minute(3),
      listener: eva,
      reason: 'ListenerRightMissing',
      rules: rules('ListenerRightMissing'),
    }),
  );

describe('the record', () => {
  beforeEach(tell);

  it('tells a listener what the attempt told, with numbers shortened', async () => {
    expect((await get(await token('karin'))).body).toEqual({
      attempts: [
        {
          id: 'heard',
          at: noon,
          listener: { user: 'karin', displayName: 'Karin Ek', number: '+46…401' },
          target: { user: 'anna', displayName: 'Anna Berg', number: '+46…403' },
          device: { name: 'karin-desk', kind: 'Desk' },
          reason: 'Allowed',
          heardFrom: minute(1),
          end: { at: minute(9), reason: 'Revoked', cause: 'ListenerRightMissing' },
        },
      ],
      next: null,
    });
  });

  it('tells whoever was listened to who it was, and nothing of that one’s rights or vain attempts (R6)', async () => {
    const { attempts } = (await get(await token('anna'))).body;
    expect(attempts).toMatchObject([
      { id: 'heard', listener: { displayName: 'Karin Ek', number: '+46…401' }, heardFrom: minute(1) },
    ]);
    expect(attempts[0]?.end).toEqual({ at: minute(9), reason: 'Revoked' });
  });

  it('tells one whom a rule about themselves refused nothing of the target', async () => {
    const [own] = (await get(await token('eva'))).body.attempts;
    expect(own).toMatchObject({
      reason: 'ListenerRightMissing',
      listener: { user: 'eva' },
      target: { user: null, displayName: null, number: '' },
    });
    expect(await ids(await token('eva'), '?person=anna')).toEqual([]);
  });

  it('tells an administrator all, with whole numbers, each rule and the call', async () => {
    const { attempts } = (await get(await token('helena', true))).body;
    expect(attempts.map(({ id }) => id)).toEqual(['no-right', 'forbidden', 'heard']);
    expect(attempts[0]).toMatchObject({
      listener: eva,
      target: { user: 'anna', number: '+46846500403' },
      detail: { node: 'n', callId: 'call-1', rules: rules('ListenerRightMissing'), policyRevisions: ['a1'] },
    });
  });

  it.each([
    ['?person=sven', ['forbidden']],
    ['?person=anna', ['no-right', 'forbidden', 'heard']],
    ['?reason=ProfileForbids', ['forbidden']],
    ['?reason=Revoked', ['heard']],
    ['?person=anna&reason=Allowed', ['heard']],
    [`?from=${minute(2)}`, ['no-right', 'forbidden']],
    [`?until=${minute(2)}`, ['heard']],
    [`?from=${minute(2)}&until=${minute(3)}`, ['forbidden']],
    ['?as=listener', []],
    ['?person=nobody', []],
  ])('is searched by %s', async (query, found) => {
    expect(await ids(await token('helena', true), query)).toEqual(found);
  });

  it('is shown by what one was in it', async () => {
    const anna = await token('anna');
    expect(await ids(anna, '?as=target')).toEqual(['heard']);
    expect(await ids(anna, '?as=listener')).toEqual([]);
    expect(await ids(await token('sven'), '?as=listener')).toEqual(['forbidden']);
  });

  it('comes in pages', async () => {
    const helena = await token('helena', true);
    const first = (await get(helena, '?limit=2')).body;
    const second = (await get(helena, `?limit=2&after=${first.next}`)).body;
    expect([...first.attempts, ...second.attempts].map(({ id }) => id)).toEqual([
      'no-right',
      'forbidden',
      'heard',
    ]);
    expect(second.next).toBe(null);
  });
});

it.each([
  ['?after=x', 400],
  ['?from=yesterday', 400],
  ['?from=2026-01-31T23:59:60Z', 400],
  ['?person=Anna%00', 400],
  ['?reason=Because', 400],
  ['?limit=-1', 400],
  ['?what=1', 400],
])('refuses %s', async (query, status) => {
  const answer = await get(await token('karin'), query);
  expect([answer.status, answer.body.reason]).toEqual([status, 'RequestInvalid']);
});

it('is exported to administrators page by page, and refuses a place that no page gave', async () => {
  const many = Array.from({ length: 700 }, (_, n) => attempt(`many-${n}`));
  door.stage.audit.records.push(...many);
  const helena = await token('helena', true);
  const page = async (query: string) =>
    (await (await door.send(`/v1/audit/export${query}`, helena)).json()) as {
      readonly rows: readonly { readonly seq: number }[];
      readonly next: string | null;
    };
  const first = await page('');
  const second = await page(`?after=${first.next}`);
  expect([...first.rows, ...second.rows].map(({ seq }) => seq)).toEqual(many.map((_, n) => n + 1));
  expect(await page(`?after=${second.next}`)).toEqual({ rows: [], next: null });
  for (const after of ['x', '/1', 'n/-1', 'n/1e3', '%00/1'])
    expect((await door.send(`/v1/audit/export?after=${after}`, helena)).status).toBe(400);
});

it('says so where the store cannot be read, and not why', async () => {
  door.failRecords(new AuditStoreError('/var/lib/secret.db is gone'));
  const { status, body } = await get(await token('karin'));
  expect([status, body.reason]).toEqual([503, 'AuditUnavailable']);
  expect(JSON.stringify(body)).not.toContain('secret');
  const exported = await door.send('/v1/audit/export', await token('helena', true));
  expect([exported.status, await exported.text()]).toEqual([503, expect.not.stringContaining('secret')]);
});

/** What an attempt answered and what the record shows of it, but for what differs at every attempt. */
const told = async (name: string, target: string) => {
  const as = await token(name);
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ target, on: 'browser' }),
  };
  const answer = await (await door.send('/v1/listens', as, options)).text();
  const { id: _, at: __, ...shown } = (await get(as, '?limit=1')).body.attempts[0] ?? { id: '', at: '' };
  return { answer, shown, listed: await ids(as, `?person=${target}`) };
};

it('answers alike for a colleague of another company and for nobody (R10)', async () => {
  const [olga, nobody] = [await told('karin', 'olga'), await told('karin', 'nobody')];
  expect(olga).toEqual(nobody);
  expect(olga.shown).toMatchObject({ reason: 'TargetUnknown', target: { user: null, number: '' } });
});

it('answers one without the right alike, whoever it is and whether they are', async () => {
  expect(await told('eva', 'anna')).toEqual(await told('eva', 'nobody'));
});
