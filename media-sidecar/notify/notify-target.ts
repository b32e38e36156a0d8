import type { PolicyIndex } from '@medlyssning/policy';
import { oneLine, type SipEndpoint } from '@medlyssning/sip-tcp';
import type { Logger } from 'pino';
import type { EventStream, ListenEvent } from '../events/event-stream.ts';
import type { Person } from '../registry/line-registry.ts';
import { listenersText } from './listeners-text.ts';

export interface NotifyParts {
  readonly events: EventStream<ListenEvent>;
  readonly index: PolicyIndex;
  readonly endpoint: Pick<SipEndpoint, 'request'>;
  readonly log: Logger;
}

const keyOf = (person: Person) => `${person.company}/${person.name}`;

/** The address under which the PBX knows the person: the fixed number, else the extension, in the company's domain. */
const addressOf = (index: PolicyIndex, target: Person): string | undefined => {
  const row = index.userByName(target.company, target.name);
  const domain = index.company(target.company)?.domains[0];
  const number = row?.fixedNumber ?? row?.extension;
  return number === undefined || domain === undefined ? undefined : `sip:${number}@${domain}`;
};

/**
 * Tells the one listened to who listens (R6), by SIP MESSAGE through the PBX, which brings it to all their devices.
 * Returns the unsubscribe. A message that cannot be delivered is logged: the sound has told them already that someone
 * listens, and the listen does not wait for a phone's display.
 */
export const notifyTarget = ({ events, index, endpoint, log }: NotifyParts): (() => void) => {
  const listening = new Map<string, Map<string, string>>();

  const send = async (target: Person, names: readonly string[]): Promise<void> => {
    const to = addressOf(index, target);
    const language = index.company(target.company)?.language ?? 'en';
    if (to === undefined)
      return log.warn({ user: target.name }, 'the target has no number to send a message to');
    const content = listenersText(names, language);
    const answer = await endpoint.request('MESSAGE', {
      to,
      body: { contentType: 'text/plain;charset=UTF-8', content },
    });
    const status = answer.statusCode ?? 0;
    if (status >= 300) log.warn({ status, user: target.name }, 'the target was not told who listens');
  };

  /** One message after the other, so that the last one a phone shows is true. */
  const queues = new Map<string, Promise<void>>();
  const tell = (target: Person, names: readonly string[]): void => {
    const key = keyOf(target);
    const sent = (queues.get(key) ?? Promise.resolve())
      .then(() => send(target, names))
      .catch((error) => log.warn({ err: error }, 'the target was not told who listens'))
      .finally(() => queues.get(key) === sent && queues.delete(key));
    queues.set(key, sent);
  };

  return events.subscribe((event) => {
    if (event.kind === 'refused') return;
    const key = keyOf(event.target);
    const names = listening.get(key) ?? new Map<string, string>();
    if (event.kind === 'joined') names.set(event.id, oneLine(event.listenerName));
    else names.delete(event.id);
    if (names.size === 0) listening.delete(key);
    else listening.set(key, names);
    tell(event.target, [...names.values()]);
  });
};
