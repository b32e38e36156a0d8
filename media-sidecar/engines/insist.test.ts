import { NgError } from 'rtpengine-ng-client';
import { describe, expect, it, vi } from 'vitest';
import { createCallEngine } from './call-engine.ts';
import { insist } from './insist.ts';
import { createListeningEngine } from './listening-engine.ts';
import { recordingClient, type Sent } from './recording-client.fixture.ts';

const setup = () => {
  const sent: Sent[] = [];
  let fault: NgError | undefined = new NgError('Timeout', 'No answer came.');
  const client = recordingClient(sent, () => {
    if (fault) throw fault;
    return {};
  });
  const engines = insist(createCallEngine(client), createListeningEngine(client), 5);
  const fail = (how: NgError | undefined): void => {
    fault = how;
  };
  return { engines, sent, fail };
};

describe('what is to be taken down', () => {
  it('is asked for again until the engine has answered', async () => {
    const { engines, sent, fail } = setup();
    await expect(engines.listening.deleteMix({ mix: 'm' })).rejects.toThrow('No answer');
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(3));
    expect(engines.pending).toBe(1);
    fail(undefined);
    await vi.waitFor(() => expect(engines.pending).toBe(0));
    engines.stop();
  });

  it('is not asked for again where the engine says that it is not there', async () => {
    const { engines, fail } = setup();
    fail(new NgError('EngineRefused', 'Unknown call-id'));
    await expect(engines.call.unsubscribe({ callId: 'c', toTag: 'medlyssning-1' })).rejects.toThrow(
      'Unknown',
    );
    expect(engines.pending).toBe(0);
    engines.stop();
  });

  it('is told apart from what is put up, which is asked for once', async () => {
    const { engines } = setup();
    await expect(engines.listening.publishListener({ listen: 'l', tag: 't', sdp: '' })).rejects.toThrow();
    expect(engines.pending).toBe(0);
    engines.stop();
  });
});
