import { SessionState, SignalingState } from 'sip.js/lib/core/index.js';
import { describe, expect, it, vi } from 'vitest';
import { phoneGone } from './phone-gone.ts';

type Dialog = Parameters<typeof phoneGone>[0];

/** A dialog in which INFO is answered with these statuses, one after the other, the last again and again. */
const dialog = (...statuses: readonly number[]) => {
  let asked = 0;
  const info = vi.fn<Dialog['info']>((delegate) => {
    const statusCode = statuses[Math.min(asked, statuses.length - 1)];
    asked += 1;
    queueMicrotask(() => delegate?.onReject?.({ message: { statusCode } } as never));
    return undefined as never;
  });
  return { info, sessionState: SessionState.Confirmed, signalingState: SignalingState.Stable };
};
const never = new AbortController().signal;

describe('a phone that is asked whether it is there', () => {
  it.each([
    ['did not answer, three times', [408], 3],
    ['cannot be reached by the PBX, three times', [477, 500, 503], 3],
    ['is reached between two misses, and then no more', [408, 408, 200, 408], 6],
    ['no longer knows of the call', [481], 1],
    ['knows no INFO, but answers, until it is gone', [469, 501, 405, 481], 4],
  ])('is gone: %s', async (_, statuses, times) => {
    const session = dialog(...statuses);
    await phoneGone(session, never, 1);
    expect(session.info).toHaveBeenCalledTimes(times);
  });

  it('is there as long as it answers, whatever it says', async () => {
    const session = dialog(200, 469, 405, 501, 415, 486);
    const over = new AbortController();
    const gone = phoneGone(session, over.signal, 1);
    await vi.waitFor(() => expect(session.info.mock.calls.length).toBeGreaterThan(8));
    over.abort();
    await gone;
  });

  it('is not asked once the listen is over', async () => {
    const session = dialog(408);
    await phoneGone(session, AbortSignal.abort(), 1);
    expect(session.info).not.toHaveBeenCalled();
  });

  it('is not asked before it has confirmed our answer', async () => {
    const session = { ...dialog(481), sessionState: SessionState.AckWait };
    const over = new AbortController();
    const gone = phoneGone(session, over.signal, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    over.abort();
    await gone;
    expect(session.info).not.toHaveBeenCalled();
  });
});
