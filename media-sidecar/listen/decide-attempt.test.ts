import { describe, expect, it } from 'vitest';
import { karinsBrowser, listening } from './listening.fixture.ts';

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
