import { afterEach, describe, expect, it } from 'vitest';
import { hears } from '../audio/hears.ts';
import { tone } from './audio-source.ts';
import { RtpEndpoint } from './rtp-endpoint.ts';

const open: RtpEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function endpoint(hz?: number): Promise<RtpEndpoint> {
  const made = await RtpEndpoint.open(hz === undefined ? {} : { source: tone(hz) });
  open.push(made);
  return made;
}

describe('two endpoints', () => {
  it('hear each other’s tone, every packet in its time', async () => {
    const [a, b] = [await endpoint(624), await endpoint(1299)];
    const from = performance.now();
    a.speakTo(b, 'PCMA');
    b.speakTo(a, 'PCMU');
    await Promise.all([a.hear(26), b.hear(26)]);
    const took = performance.now() - from;
    expect(hears(b.recording, { tones: [624, 1299], from })).toEqual({ 624: true, 1299: false });
    expect(hears(a.recording, { tones: [624, 1299], from })).toEqual({ 624: false, 1299: true });
    expect(b.streams).toMatchObject([{ ssrc: a.ssrc, lost: 0, duplicates: 0 }]);
    expect(took).toBeGreaterThan(400);
    expect(took).toBeLessThan(1_500);
  });

  it('say nothing when muted', async () => {
    const [a, b] = [await endpoint(624), await endpoint(1299)];
    a.speakTo(b, 'PCMA');
    await b.hear(2);
    a.mute();
    const sent = a.sent;
    b.speakTo(a, 'PCMA');
    await a.hear(5);
    expect(a.sent).toBe(sent);
  });
});
