import { afterEach, describe, expect, it, vi } from 'vitest';
import { karinsBrowser, listening, nothingLeft } from './listening.fixture.ts';

afterEach(() => vi.restoreAllMocks());

describe('an attempt', () => {
  it.each([
    ['a login that nobody has', { subject: 'nobody' }, 'ListenerUnknown'],
    ['another company’s colleague', { target: 'nils' }, 'TargetUnknown'],
    ['a device that is not theirs', { on: { device: 'sven-desk' } }, 'DeviceUnknown'],
    ['the mobile app', { on: { device: 'karin-app' } }, 'DeviceNotAllowed'],
    ['oneself', { target: 'karin' }, 'TargetIsListener'],
    ['a listener without the right', { subject: 'eva@acme.example' }, 'ListenerRightMissing'],
    ['the same, of nobody', { subject: 'eva@acme.example', target: 'none' }, 'ListenerRightMissing'],
  ])('is decided by every rule: %s', async (_, of, reason) => {
    const stage = await listening();
    expect(await stage.service.admit({ ...karinsBrowser, ...of })).toMatchObject({ kind: 'refused', reason });
    expect(stage.audit.reasons()).toEqual([`attempt ${reason}`]);
  });

  it('takes the listener’s line in the turn it is decided in: of two at once, one is refused (R11)', async () => {
    const stage = await listening();
    const outcomes = await Promise.all([stage.ask('karin-desk'), stage.ask('karin-desk')]);
    expect(outcomes.map((o) => (o.kind === 'joined' ? 'joined' : o.reason))).toEqual([
      'joined',
      'ListenerLineBusy',
    ]);
  });

  it('is refused where it cannot be known which calls there are, and so whose line is free (R11)', async () => {
    const stage = await listening();
    stage.loseSight();
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    expect(stage.engines.asked).toEqual([]);
    expect(stage.audit.reasons()).toEqual(['attempt MediaFailed']);
  });
});

describe('a fault of ours while an attempt is decided', () => {
  const fault = new Error('a fault of ours');
  const throws = (): never => {
    throw fault;
  };
  type Stage = Awaited<ReturnType<typeof listening>>;
  const faults: readonly (readonly [string, (stage: Stage) => void])[] = [
    ['the book is brought up to date', (stage) => stage.loseSight(() => Promise.reject(fault))],
    ['calls are looked up', ({ book }) => vi.spyOn(book, 'callsOf').mockImplementation(throws)],
    ['the target is looked up', ({ index }) => vi.spyOn(index, 'personByDialled').mockImplementation(throws)],
    ['the line is taken', ({ registry }) => vi.spyOn(registry, 'claim').mockImplementation(throws)],
  ];

  it.each(faults)(
    'is a refusal, on record with who asked, where %s; no line is taken',
    async (_, breakIt) => {
      const stage = await listening();
      breakIt(stage);
      const refused = { kind: 'refused', reason: 'MediaFailed', language: 'sv' };
      expect(await stage.ask('karin-desk')).toMatchObject(refused);
      expect(stage.engines.asked).toEqual([]);
      const { company, listener, device } = { company: 'acme/acme', listener: 'karin', device: 'karin-desk' };
      expect(stage.audit.records).toMatchObject([
        { reason: 'MediaFailed', company, listener: { user: listener }, device: { name: device } },
      ]);
      vi.restoreAllMocks();
      stage.loseSight(async () => true);
      expect(stage.left()).toEqual(nothingLeft);
      expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'joined' });
    },
  );

  it('is no other refusal for one who may not listen at all, whomever they name (R1, R2)', async () => {
    const stage = await listening();
    vi.spyOn(stage.book, 'callsOf').mockImplementation(throws);
    const eva = { ...karinsBrowser, subject: 'eva@acme.example' };
    const reason = 'ListenerRightMissing';
    expect(await stage.service.admit(eva)).toMatchObject({ kind: 'refused', reason });
    expect(stage.audit.reasons()).toEqual([`attempt ${reason}`]);
  });

  it('is a refusal also where not even who asks can be told, and then nobody is named', async () => {
    const stage = await listening();
    vi.spyOn(stage.index, 'userBySubject').mockImplementation(throws);
    expect(await stage.service.admit(karinsBrowser)).toMatchObject({
      kind: 'refused',
      reason: 'MediaFailed',
    });
    expect(stage.audit.records).toMatchObject([{ reason: 'MediaFailed', company: null, rules: [] }]);
  });

  it('is a refusal whether or not its record could be written', async () => {
    const stage = await listening();
    stage.loseSight(() => Promise.reject(fault));
    stage.audit.fail('attempt');
    expect(await stage.service.admit(karinsBrowser)).toMatchObject({
      kind: 'refused',
      reason: 'MediaFailed',
    });
    expect(stage.left()).toEqual(nothingLeft);
  });

  it('takes no line where the record cannot be made', async () => {
    const stage = await listening();
    const claim = {
      identities: ['sip:karin-desk@acme.example'],
      device: 'karin-desk',
      accessNetwork: undefined,
    };
    // it can be decided, and then not be written down
    const dialled = vi.fn((): string => throws()).mockReturnValueOnce('0846500403');
    const question = { claim, dialled };
    await expect(stage.service.admit(question)).rejects.toThrow(fault);
    expect(stage.left()).toEqual(nothingLeft);
  });
});
