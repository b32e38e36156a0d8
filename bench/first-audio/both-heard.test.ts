import { mixed, partyTone, sine } from '@medlyssning/e2e/lib/audio/index.ts';
import { encodeG711, payloadTypes, type ReceivedPacket } from '@medlyssning/e2e/lib/rtp/index.ts';
import { expect, it } from 'vitest';
import { bothHeard } from './both-heard.ts';

const [customer, agent] = [partyTone(0), partyTone(1)];

const packet = (arrivedAt: number, samples: Int16Array): ReceivedPacket => ({
  arrivedAt,
  source: '127.0.0.1:30000',
  payloadType: payloadTypes.PCMA,
  marker: false,
  sequence: arrivedAt,
  timestamp: arrivedAt * 160,
  ssrc: 1,
  payload: encodeG711('PCMA', samples),
});

it('waits for the packet that holds both parties', () => {
  const packets = [
    packet(1, new Int16Array(160)),
    packet(2, sine(customer, 20)),
    packet(3, sine(agent, 20)),
    packet(4, mixed(sine(customer, 20), sine(agent, 20))),
    packet(5, mixed(sine(customer, 20), sine(agent, 20))),
  ];
  expect(bothHeard(packets, [customer, agent])?.arrivedAt).toBe(4);
});

it('finds none where the parties speak in turn', () => {
  const packets = [1, 2, 3, 4].map((n) => packet(n, sine(n % 2 === 0 ? customer : agent, 20)));
  expect(bothHeard(packets, [customer, agent])).toBeUndefined();
});
