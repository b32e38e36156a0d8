import { type Recording, readWav, type Window } from '@medlyssning/e2e/lib/audio/index.ts';
import type { Call } from '@medlyssning/e2e/lib/phone/index.ts';
import { partyReceived } from '@medlyssning/e2e/lib/world/party-received.ts';
import type { Talk } from '@medlyssning/e2e/lib/world/talk.ts';
import type { World } from '@medlyssning/e2e/lib/world/world.ts';
import type { EndRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import { soundOf } from '@medlyssning/media-sidecar/engines/sound.ts';
import { type AudibleId, audible, voiceOf } from '../cast/cast.ts';
import { findSound } from '../verify/find-sound.ts';
import { steadyMatrix } from '../verify/steady-matrix.ts';
import type { ShowClock } from './show-clock.ts';
import type { PartyMedia, ShowResult } from './show-result.ts';

/** What the show left behind. */
export interface Played {
  readonly clock: ShowClock;
  readonly call: Talk;
  readonly bosCall: Talk;
  readonly karins: Call;
  readonly svens: Call;
  /** While both listened. */
  readonly both: Required<Window>;
}

/** Gathers recordings, counts and records once the last record has been written. */
export async function toShowResult(world: World, played: Played): Promise<ShowResult> {
  const { clock, call, bosCall, karins, svens, both } = played;
  const endedAt = performance.now();
  // the last record to come; where it does not, the checks tell what came
  await world
    .recorded((record): record is EndRecord => record.record === 'end' && record.reason === 'CallEnded')
    .catch(() => undefined);
  const calls: Readonly<Record<AudibleId, Call>> = {
    customer: call.customer,
    anna: call.agent,
    karin: karins,
    sven: svens,
    caller: bosCall.customer,
    bo: bosCall.agent,
  };
  const recordings = new Map(audible.map((who): [AudibleId, Recording] => [who, calls[who].recording]));
  const sound = readWav(soundOf('TwoNotes'));
  const soundAfter = (who: AudibleId, listener: AudibleId) => {
    const from = calls[listener].times.invited;
    return findSound(calls[who].recording, sound, { from, to: from + 800 });
  };
  return {
    events: clock.events,
    startedAt: clock.startedAt,
    endedAt,
    recordings,
    matrix: steadyMatrix(
      audible.map((who) => ({ name: who, hz: voiceOf[who].pilotHz })),
      recordings,
      both,
    ),
    parties: [mediaOf('customer', call.customer, call.agent), mediaOf('anna', call.agent, call.customer)],
    sounds: (['karin', 'sven'] as const).map((listener) => ({
      listener,
      anna: soundAfter('anna', listener),
      customer: soundAfter('customer', listener),
    })),
    audit: await world.audit(),
  };
}

function mediaOf(who: PartyMedia['who'], ear: Call, other: Call): PartyMedia {
  const { sounds, lost, sources } = partyReceived(ear.rtp, other.rtp);
  return { who, received: ear.rtp.received.length, lost, sounds, sources: sources.length };
}
