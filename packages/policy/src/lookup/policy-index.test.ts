import { describe, expect, it } from 'vitest';
import { row, shard } from './made-up-policy.ts';
import { PolicyIndex } from './policy-index.ts';

const anna = row('anna', {
  extension: '403',
  fixedNumber: '+46846500403',
  devices: [
    { name: 'desk', kind: 'Desk', address: 'anna-desk@acme.example' },
    { name: 'mobile', kind: 'MobileSubscription', number: '+46701740613' },
  ],
  subject: 'anna@acme.example',
});
const bo = row('bo', { extension: '404', fixedNumber: '+46846500404' });
const maja = row('maja', { extension: '403', fixedNumber: '+46846500481' });

function indexOf(...policies: Parameters<PolicyIndex['apply']>[0][]): PolicyIndex {
  const index = new PolicyIndex();
  for (const policy of policies) index.apply(policy);
  return index;
}

const platform = () => indexOf(shard('acme', [anna, bo]), shard('beta', [maja]));

describe('a row', () => {
  it('is read as it was written', () => {
    const since = '2026-03-01T11:30:00.000Z';
    const full = row('åsa', {
      displayName: 'Åsa Öberg 😀',
      licensed: true,
      licensedUntil: '2026-04-01T00:00:00Z',
      mayListen: true,
      profiles: [
        { name: 'inne', allowListening: true },
        { name: 'lunch', allowListening: false },
      ],
      activeProfile: { name: 'semester', since },
    });
    const user = indexOf(shard('acme', [anna, full], { revision: 'abcdef012345' })).userByName(
      'acme/acme',
      'åsa',
    );
    const end = Date.parse('2026-04-01T00:00:00Z');
    expect(user).toMatchObject({
      name: 'åsa',
      company: 'acme/acme',
      displayName: 'Åsa Öberg 😀',
      extension: undefined,
      fixedNumber: undefined,
      devices: [],
      activeProfile: { name: 'semester', since: Date.parse(since) },
      revision: 'abcdef012345',
    });
    expect([end - 1, end].map((now) => user?.licensedAt(now))).toEqual([true, false]);
    expect(user?.mayListenAt(end)).toBe(true);
    expect(['inne', 'lunch', 'semester'].map((name) => user?.profileAllows(name))).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it('has been in its profile since always where nothing is said', () => {
    expect(platform().userByName('acme/acme', 'anna')?.activeProfile.since).toBe(Number.NEGATIVE_INFINITY);
  });

  it('refuses where a time cannot be read', () => {
    const broken = row('bo', {
      licensed: true,
      licensedUntil: 'x',
      activeProfile: { name: 'inne', since: 'x' },
    });
    const user = indexOf(shard('acme', [broken])).userByName('acme/acme', 'bo');
    expect(user?.licensedAt(0)).toBe(false);
    expect(user?.activeProfile.since).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('personByDialled (R9)', () => {
  it.each([
    ['+46846500403', 'anna'],
    ['08-465 004 03', 'anna'],
    ['004646500403', undefined],
    ['0046846500403', 'anna'],
    ['tel:+46-8-465-004-03', 'anna'],
    ['sip:0846500403@acme.example;user=phone', 'anna'],
    ['403', 'anna'],
    ['sip:403@acme.example', 'anna'],
    ['sip:403@beta.example', undefined],
    ['404', 'bo'],
    ['+46701740613', undefined],
    ['+46846500481', undefined],
    ['anna', undefined],
    ['', undefined],
  ])('at Acme, %s names %s', (text, name) => {
    expect(platform().personByDialled('acme/acme', text)?.name).toBe(name);
  });

  it('finds nobody in a company that is not there', () => {
    expect(platform().personByDialled('gone/gone', '403')).toBeUndefined();
  });

  it('finds nobody where a number is one’s extension and another’s fixed number', () => {
    const company = shard(
      'acme',
      [row('a', { extension: '46500403' }), row('b', { fixedNumber: '+4746500403' })],
      {
        settings: { country: 'NO' },
      },
    );
    expect(indexOf(company).personByDialled('acme/acme', '46500403')).toBeUndefined();
  });
});

describe('userByIdentity', () => {
  it.each([
    ['sip:+46701740613@acme.example', 'anna'],
    ['sip:+46701740613@192.0.2.1', 'anna'],
    ['tel:+46701740613', 'anna'],
    ['sip:Anna-Desk@acme.example:5060', 'anna'],
    ['sip:403@ACME.example', 'anna'],
    ['sip:403@beta.example', 'maja'],
    ['sip:+46701740613@beta.example', undefined],
    ['403', undefined],
    ['sip:403@192.0.2.1', undefined],
    ['070-174 06 13', undefined],
    ['sip:nobody@acme.example', undefined],
  ])('%s is %s', (text, name) => {
    expect(platform().userByIdentity(text)?.name).toBe(name);
  });

  it('looks in the company it is given, and reads national numbers and extensions as its own', () => {
    const index = platform();
    expect(index.userByIdentity('403', 'beta/beta')?.name).toBe('maja');
    expect(index.userByIdentity('070-174 06 13', 'acme/acme')?.name).toBe('anna');
    expect(index.userByIdentity('+46701740613', 'beta/beta')).toBeUndefined();
    expect(index.userByIdentity('403', 'gone/gone')).toBeUndefined();
  });
});

describe('what names two people names nobody', () => {
  const twin = row('twin', { fixedNumber: '+46846500403', subject: 'anna@acme.example' });
  const index = indexOf(
    shard('acme', [anna]),
    shard('beta', [twin], { settings: { domains: ['acme.example'] } }),
  );

  it('across companies: number, login, domain', () => {
    expect(index.userByNumber('+46846500403')).toBeUndefined();
    expect(index.userBySubject('anna@acme.example')).toBeUndefined();
    expect(index.companyByDomain('acme.example')).toBeUndefined();
  });

  it('but each company knows its own', () => {
    expect(index.personByDialled('acme/acme', '0846500403')?.name).toBe('anna');
    expect(index.personByDialled('beta/beta', '0846500403')?.name).toBe('twin');
    expect(index.userByNumber('+46701740613')?.name).toBe('anna');
  });
});

describe('a change counts at once', () => {
  it('when a shard shrinks', () => {
    const index = platform();
    index.apply(shard('acme', [bo]));
    expect(index.userByName('acme/acme', 'anna')).toBeUndefined();
    expect(index.userByNumber('+46701740613')).toBeUndefined();
    expect(index.userBySubject('anna@acme.example')).toBeUndefined();
    expect(index.userByName('acme/acme', 'bo')?.name).toBe('bo');
  });

  it('when a shard is removed, the company with its last', () => {
    const index = platform();
    index.remove('acme', 'acme-0-of-1');
    index.remove('acme', 'acme-0-of-1');
    expect(index.userByName('acme/acme', 'anna')).toBeUndefined();
    expect(index.companyByDomain('acme.example')).toBeUndefined();
    expect([...index.companies()].map(({ key }) => key)).toEqual(['beta/beta']);
  });

  it('when settings change, in whichever shard they come first', () => {
    const index = indexOf(
      shard('acme', [anna], { index: 0, count: 2 }),
      shard('acme', [bo], { index: 1, count: 2 }),
    );
    index.apply(
      shard('acme', [bo], { index: 1, count: 2, settings: { domains: ['new.example'], language: 'en' } }),
    );
    expect(index.company('acme/acme')?.language).toBe('en');
    expect(index.companyByDomain('NEW.example')?.key).toBe('acme/acme');
    expect(index.companyByDomain('acme.example')).toBeUndefined();
  });

  it('when a shard is split: while old and new stand side by side, the new one alone speaks of its users', () => {
    const revoked = row('anna', { fixedNumber: '+46846500499' });
    const index = indexOf(shard('acme', [anna, bo]), shard('acme', [revoked], { index: 1, count: 2 }));
    expect(index.userByName('acme/acme', 'anna')?.fixedNumber).toBe('+46846500499');
    expect(index.userByNumber('+46846500403')).toBeUndefined();
    expect(index.userByName('acme/acme', 'bo')?.name).toBe('bo');
    expect([...index.usersOf('acme/acme')].map(({ name, fixedNumber }) => [name, fixedNumber])).toEqual([
      ['bo', '+46846500404'],
      ['anna', '+46846500499'],
    ]);
  });
});

it('tells everybody of a company, and nobody of another', () => {
  const names = (company: string) => [...platform().usersOf(company)].map(({ name }) => name);
  expect([names('acme/acme'), names('beta/beta'), names('none/none')]).toEqual([
    ['anna', 'bo'],
    ['maja'],
    [],
  ]);
});

it('takes no ForkPolicy of more users than the API lets through, and stays as it was', () => {
  const index = platform();
  const users = Array.from({ length: 129 }, (_, i) => row(`user-${i}`));
  expect(() => index.apply(shard('acme', users))).toThrow(/acme-0-of-1 has 129 users/);
  expect(index.userByName('acme/acme', 'anna')?.name).toBe('anna');
});
