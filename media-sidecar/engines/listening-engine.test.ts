import { describe, expect, it } from 'vitest';
import { createListeningEngine } from './listening-engine.ts';
import { recordingClient, type Sent } from './recording-client.fixture.ts';

describe('the listening engine', () => {
  it('is told with the flags facts were measured with', async () => {
    const sent: Sent[] = [];
    const engine = createListeningEngine(recordingClient(sent, () => ({ sdp: 'answer' })));
    await engine.publishRelay({ mix: 'm', tag: 'r1', sdp: 'relay' });
    await engine.publishListener({ listen: 'l', tag: 't', sdp: 'offer' });
    await engine.connect({ mix: 'm', relayTags: ['r1', 'r2'], listen: 'l', tag: 't' });
    expect(sent).toEqual([
      [
        'publish',
        {
          'call-id': 'm',
          'from-tag': 'r1',
          sdp: 'relay',
          flags: ['trust-address', 'strict-source', 'endpoint-learning-heuristic'],
        },
      ],
      [
        'publish',
        {
          'call-id': 'l',
          'from-tag': 't',
          sdp: 'offer',
          flags: ['bidirectional', 'trust-address'],
          'audio player': 'always',
        },
      ],
      [
        'connect',
        {
          'call-id': 'm',
          'from-tags': ['r1', 'r2'],
          'to-call-id': 'l',
          'to-tag': 't',
          flags: ['directional'],
          'audio player': 'always',
        },
      ],
    ]);
  });

  it('never deletes a listener that is connected, since the whole mix would go with it', async () => {
    const sent: Sent[] = [];
    await createListeningEngine(recordingClient(sent)).disconnectListener({ listen: 'l', tag: 't' });
    expect(sent).toEqual([['unsubscribe', { 'call-id': 'l', 'to-tag': 't' }]]);
  });
});
