import type { Written } from '../api/kube-api.ts';
import type { Event, Occurrence } from './event.ts';

/** What Kubernetes takes of a note, bytes. */
const noteLimit = 1024;
/** Names of objects may have 253 characters; the rest is for the random part. */
const namePartLimit = 230;

export interface EventSource {
  readonly reportingController: string;
  readonly reportingInstance: string;
}

/** How often something happened. */
export interface Repetition {
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Where the event of an occurrence goes: beside its object, or to `default` as Kubernetes wants it for what has no namespace. */
export const eventRef = ({ regarding }: Occurrence, random: string) => ({
  namespace: regarding.namespace ?? 'default',
  name: `${regarding.name.slice(0, namePartLimit)}.${random}`,
});

export const makeEvent = (
  { regarding, type, reason, action, note }: Occurrence,
  metadata: ReturnType<typeof eventRef>,
  { reportingController, reportingInstance }: EventSource,
  repetition: Repetition,
): Written<Event> => ({
  metadata,
  eventTime: microTime(repetition.firstAt),
  reportingController,
  reportingInstance: reportingInstance.slice(0, 128),
  regarding,
  type,
  reason,
  action,
  note: shortened(note),
  ...(repetition.count > 1 ? { series: seriesOf(repetition) } : {}),
});

export const seriesOf = ({ count, lastAt }: Repetition) => ({ count, lastObservedTime: microTime(lastAt) });

const microTime = (time: Date): string => time.toISOString().replace('Z', '000Z');

const shortened = (note: string): string => {
  const bytes = Buffer.from(note);
  if (bytes.length <= noteLimit) return note;
  const whole = bytes
    .subarray(0, noteLimit - 3)
    .toString()
    .replace(/\uFFFD+$/u, '');
  return `${whole}…`;
};
