import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import type { Call, CallEnd, CallOptions } from '../phone/index.ts';
import { writeSdp } from '../phone/phone-sdp.ts';
import { RtpEndpoint } from '../rtp/index.ts';
import type { World } from '../world/world.ts';

/** Dials with these options, an SDP offer among them. */
export type Dial = (options: CallOptions) => Promise<Call>;

/** All that a refused attempt left behind. */
export interface RefusedAttempt {
  readonly call: Call;
  readonly end: CallEnd;
  /** What was recorded meanwhile: one attempt, and nothing else. */
  readonly records: readonly AuditRecord[];
  /** Where the listener's audio was to go; open until it is closed, so that a packet that comes late is seen too. */
  readonly ear: RtpEndpoint;
}

/** Dials and waits for the refusal. @throws when it is answered. */
export async function attempt(world: World, dial: Dial, host = '127.0.0.1'): Promise<RefusedAttempt> {
  const before = (await world.audit()).length;
  const ear = await RtpEndpoint.open({ host });
  const call = await dial({ sdp: writeSdp(ear, 1, ['PCMA', 'PCMU'], 'sendrecv') });
  const end = await Promise.race([
    call.ended,
    call.answered.then(() => {
      throw new Error('The attempt was admitted.');
    }),
  ]);
  const records = (await world.audit()).slice(before);
  return { call, end, records, ear };
}
