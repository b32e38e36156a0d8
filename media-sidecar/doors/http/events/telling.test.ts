import { beforeEach, describe, expect, it } from 'vitest';
import { answered, offered } from '../../../book/book.fixture.ts';
import { listening } from '../../../listen/listening.fixture.ts';
import type { Happening, Notice } from './notice.ts';
import { createOpaqueIds } from './opaque-ids.ts';
import { type Reader, refresh, tell } from './tell.ts';
import { frame, Telling } from './telling.ts';

let stage: Awaited<ReturnType<typeof listening>>;
beforeEach(async () => {
  stage = await listening();
});

const ids = createOpaqueIds();
const parts = () => ({ know: stage.know, listens: () => stage.service.listens, ids });
const acme = (name: string) => ({ company: 'acme/acme', name });
const beta = (name: string) => ({ company: 'beta/beta', name });
const numbered = (happened: readonly Happening[]): readonly Notice[] =>
  happened.map((one, n) => ({ ...one, sequence: n + 1 }));

/** Everybody of both companies, as an administrator and as none. */
const readers = (): readonly Reader[] =>
  ['acme/acme', 'beta/beta'].flatMap((company) =>
    [...stage.index.usersOf(company)].flatMap(({ name }) =>
      [false, true].map((isAdministrator) => ({ person: { company, name }, isAdministrator })),
    ),
  );

const rowOf = ({ person: { company, name } }: Reader) => {
  const row = stage.index.userByName(company, name);
  if (!row) throw new Error(`no ${name}`);
  return row;
};
const withoutIds = (text: string | undefined) => text?.replace(/^id: .*\n/gm, '') ?? '';
const alone = (reader: Reader, notices: readonly Notice[]) =>
  tell(parts(), reader, notices)
    .map((told) => frame(told, undefined))
    .join('');

const call = (number: string) => {
  const now = Date.now();
  const metadata = { domain: 'acme.example', caller: '+46702222222', callee: number };
  stage.book.apply(offered(now, 'c', { callId: number, label: 'caller', metadata }));
  stage.book.apply(answered(now, 'c', 'a', { callId: number, label: 'callee', metadata }));
};

const happenings: Readonly<Record<string, readonly Happening[]>> = {
  'calls of colleagues': [
    { kind: 'call', people: [acme('ivar')] },
    { kind: 'call', people: [acme('cilla')] },
    { kind: 'call', people: [beta('olga')] },
  ],
  'a call between colleagues': [{ kind: 'call', people: [acme('anna'), acme('sven')] }],
  'a new policy': [{ kind: 'policy' }],
  nothing: [{ kind: 'call', people: [] }],
};

describe('a telling', () => {
  it.each(Object.keys(happenings))(
    'tells everybody what they would be told alone, whoever was told before them: %s',
    async (what) => {
      call('0846500410');
      await stage.ask('karin-desk');
      const notices = numbered(happenings[what] ?? []);
      for (const order of [readers(), readers().toReversed()]) {
        const telling = new Telling(parts(), notices);
        for (const reader of order)
          expect(withoutIds(telling.to(reader, rowOf(reader))?.toString()), JSON.stringify(reader)).toBe(
            alone(reader, notices),
          );
      }
    },
  );

  it('tells of a listen, begun and ended, those alone who may know of it', async () => {
    const outcome = await stage.ask('karin-desk');
    if (outcome.kind !== 'joined') throw new Error(outcome.reason);
    const of = {
      id: outcome.listen.id,
      callId: 'call',
      listener: acme('karin'),
      target: acme('anna'),
      at: 1,
    };
    const notices = numbered([
      { kind: 'listen', ...of, ended: undefined },
      { kind: 'listen', ...of, ended: 'Revoked' },
    ]);
    const telling = new Telling(parts(), notices);
    const knowing = readers().filter((reader) => {
      const text = withoutIds(telling.to(reader, rowOf(reader))?.toString());
      expect(text).toBe(alone(reader, notices));
      return text.includes('event: listen');
    });
    const named = knowing.map(({ person, isAdministrator }) => `${person.name} ${isAdministrator}`);
    const administrators = [...stage.index.usersOf('acme/acme')].map(({ name }) => `${name} true`);
    expect(new Set(named)).toEqual(new Set([...administrators, 'karin false', 'anna false']));
  });

  it('is worked out once for all who may be told the same', () => {
    call('0846500410');
    const telling = new Telling(parts(), numbered([{ kind: 'call', people: [acme('ivar')] }]));
    const to = (name: string, isAdministrator = false) => {
      const reader = { person: acme(name), isAdministrator };
      return telling.to(reader, rowOf(reader));
    };
    expect(to('sven')).toBeInstanceOf(Buffer);
    expect(to('karin')).toBe(to('sven'));
    expect(to('karin', true)).not.toBe(to('sven'));
    expect(to('eva')).toBeUndefined();
  });

  it('goes on for each where they were', () => {
    const telling = new Telling(parts(), numbered([{ kind: 'policy' }, { kind: 'policy' }]));
    expect(telling.after(0)).toBe(telling);
    expect(telling.after(1)?.reaches).toBe(2);
    expect(telling.after(2)).toBeUndefined();
  });

  it('tells whoever missed much to fetch all again: what it says at once has a limit', () => {
    const many = Array.from(
      { length: 101 },
      (_, n) => ({ kind: 'call', people: [acme(`agent-${n}`)] }) as const,
    );
    expect(tell(parts(), { person: acme('sven'), isAdministrator: false }, numbered(many))).toEqual([
      refresh,
    ]);
  });
});
