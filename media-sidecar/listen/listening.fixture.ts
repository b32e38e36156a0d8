import { pino } from 'pino';
import { memoryAudit } from '../audit/memory-audit.fixture.ts';
import { answered, offered } from '../book/book.fixture.ts';
import { CallBook } from '../book/call-book.ts';
import { EventStream, type ListenEvent, type ProfileSwitched } from '../events/event-stream.ts';
import { ActiveProfiles } from '../policy/active-profiles.ts';
import { exampleIndex } from '../policy/example-index.fixture.ts';
import { storePartyDirectory } from '../policy/store-party-directory.ts';
import { MemoryLineRegistry } from '../registry/memory-line-registry.ts';
import type { Ask, AskOutcome, SignedInQuestion } from './ask.ts';
import { fakeEngines } from './fake-engines.ts';
import { JoinSteps } from './join-steps.ts';
import { ListenService } from './listen-service.ts';
import { ListenerStream } from './listener-stream.ts';
import { RelayPool } from './relay-pool.ts';

const annasNumber = '0846500403';

/** What one listener asks of the engines, from the attempt to the audio. */
export const stepsOfListen = [
  'query',
  'subscribe request',
  'subscribe request',
  'publish relay',
  'publish relay',
  'subscribe answer',
  'subscribe answer',
  'publish listener',
  'play media',
  'connect',
];

/** Karin, signed in, asks to hear Anna in her browser. */
export const karinsBrowser: SignedInQuestion = {
  subject: 'karin@acme.example',
  on: 'browser',
  target: 'anna',
};

/** All of listening but the engines, on the policy of `examples/`, with Anna in a call with a customer. */
export const listening = async () => {
  const index = await exampleIndex();
  const engines = fakeEngines();
  const audit = memoryAudit();
  const directory = storePartyDirectory({
    index,
    profiles: new ActiveProfiles(),
    store: { ageMs: () => 0, partlyKnown: new Set() },
  });
  const book = new CallBook({
    directory,
    clock: Date.now,
  });
  const registry = new MemoryLineRegistry();
  const events = new EventStream<ListenEvent>((error) => {
    throw error;
  });
  const profileEvents = new EventStream<ProfileSwitched>((error) => {
    throw error;
  });
  const policyFollowers = new Set<() => void>();
  const store = {
    subscribe: (changed: () => void) => {
      policyFollowers.add(changed);
      return () => policyFollowers.delete(changed);
    },
  };
  const undoFailed: string[] = [];
  const onUndoFailed = (what: string) => void undoFailed.push(what);
  const relays = new RelayPool(engines, onUndoFailed);
  const stream = new ListenerStream({
    listeningEngine: engines.listening,
    now: Date.now,
    onUndoFailed,
    onListenerStuck: async (mix) => {
      service.endWhere((listen) => listen.mix === mix, 'MediaFailed');
      await relays.abandon(mix);
    },
  });
  const steps = new JoinSteps({
    callEngine: engines.call,
    listeningEngine: engines.listening,
    relays,
    stream,
    directory,
    audit: audit.log,
    soundFor: () => Buffer.from('sound'),
    now: Date.now,
  });
  let catchUp = async (): Promise<boolean> => true;
  const know = { index, policyAgeMs: () => 0, book, registry, now: Date.now };
  const log = pino({ level: 'silent' });
  const service: ListenService = new ListenService({
    node: 'n',
    know,
    steps,
    stream,
    catchUp: () => catchUp(),
    audit: audit.log,
    events,
    log,
  });

  const now = Date.now();
  const metadata = { domain: 'acme.example', caller: '+46701111111', callee: annasNumber };
  book.apply(offered(now, 'customer', { callId: 'call', label: 'caller', metadata }));
  book.apply(answered(now, 'customer', 'anna', { callId: 'call', label: 'callee', metadata }));
  engines.calls.set('call', ['customer', 'anna']);

  return {
    index,
    know,
    events,
    profileEvents,
    store,
    policyChanged: () => {
      for (const changed of policyFollowers) changed();
    },
    catchUp: () => catchUp(),
    callDevice: (): never => {
      throw new Error('no device is called here');
    },
    records: {
      page: (): never => {
        throw new Error('no record is read here');
      },
      companyRows: (): never => {
        throw new Error('no record is read here');
      },
    },
    engines,
    audit,
    book,
    registry,
    relays,
    service,
    undoFailed,
    /** From now on it is not known which calls there are. @param how what whoever asks is told instead */
    loseSight: (how: () => Promise<boolean> = async () => false) => {
      catchUp = how;
    },
    /** Asks to hear Anna, from this desk phone. */
    ask: (device: string, of: Partial<Ask> = {}): Promise<AskOutcome> =>
      service.ask({
        question: {
          claim: { identities: [`sip:${device}@acme.example`], device, accessNetwork: undefined },
          dialled: () => annasNumber,
        },
        media: { kind: 'phone', sdp: 'v=0' },
        signal: new AbortController().signal,
        ...of,
      }),
    /** What is still up or taken anywhere; nothing after the last listen. */
    left: () => ({
      open: [...engines.open],
      hearing: [...engines.hearing],
      listens: service.listens.length,
      listenersOnCall: registry.listenersOn('call'),
      karinsListens: registry.listensOf({ company: 'acme/acme', name: 'karin' }),
    }),
  };
};

export const nothingLeft = { open: [], hearing: [], listens: 0, listenersOnCall: 0, karinsListens: 0 };
