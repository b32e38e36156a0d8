import type { AudioMatrix, Recording } from '@medlyssning/e2e/lib/audio/index.ts';
import type { AuditRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import type { AudibleId } from '../cast/cast.ts';
import type { FoundSound } from '../verify/find-sound.ts';
import type { ShowEvent } from './show-event.ts';

/** Everything that was seen and heard: what is printed, and what is checked. */
export interface ShowResult {
  readonly events: readonly ShowEvent[];
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** What each person heard. */
  readonly recordings: ReadonlyMap<AudibleId, Recording>;
  /** Who heard whom while both listened. */
  readonly matrix: AudioMatrix;
  /** The two who are listened to: what of their call's RTP reached them. */
  readonly parties: readonly PartyMedia[];
  /** The sound after each admitted listener: heard by Anna, and sought at the customer. */
  readonly sounds: readonly {
    readonly listener: AudibleId;
    readonly anna: FoundSound;
    readonly customer: FoundSound;
  }[];
  readonly audit: readonly AuditRecord[];
}

/** What reached a party of the call, packet by packet. */
export interface PartyMedia {
  readonly who: 'customer' | 'anna';
  /** Packets that came, the sounds' among them. */
  readonly received: number;
  /** Packets of the other party that never came, other than those that a sound took the place of. */
  readonly lost: number;
  /** How many sounds the packets make up that are not the other party's. */
  readonly sounds: number;
  /** Addresses the packets came from. */
  readonly sources: number;
}
