import { setTimeout as delay } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import type { QueryAnswer } from 'rtpengine-ng-client';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { tracer } from './tracer.ts';

/** A packet comes every 20 ms; who asks more often sees no more. */
const lookEveryMs = 10;
/** Of the listening engine alone, and of a listener that is traced: so many questions at most. */
const mostLooks = 50;

/** Which listener of which listening-engine call. */
interface ListenerOf {
  readonly id: string;
  readonly tag: string;
  readonly signal: AbortSignal;
}

const sentTo = (answer: QueryAnswer, tag: string): number | undefined =>
  answer.tags.get(tag)?.medias[0]?.streams[0]?.stats_out?.packets;

/**
 * Sees by `query` when the listening engine has sent the listener a packet since the join, and shows it as a span. Looks only where
 * the attempt is traced, waits for nobody, and asks the call engine nothing.
 */
export const seeFirstPacket = (
  engine: Pick<ListeningEngine, 'query'>,
  { id, tag, signal }: ListenerOf,
): void => {
  if (!trace.getActiveSpan()?.isRecording()) return;
  const span = tracer.startSpan('first packet');
  const look = async (): Promise<void> => {
    let before: number | undefined;
    for (let looks = 1; looks <= mostLooks && !signal.aborted; looks += 1) {
      const sent = sentTo(await engine.query({ callId: id }), tag);
      if (sent !== undefined && before !== undefined && sent > before) {
        span.setAttributes({ 'medlyssning.packets.sent': sent, 'medlyssning.looks': looks });
        return;
      }
      before ??= sent;
      await delay(lookEveryMs, undefined, { ref: false });
    }
    span.setAttribute('error.type', signal.aborted ? 'Ended' : 'Unseen');
  };
  // its questions are not spans: they are many, and say nothing
  void context
    .with(trace.deleteSpan(context.active()), look)
    .catch(() => span.setAttribute('error.type', 'Unseen'))
    .finally(() => span.end());
};
