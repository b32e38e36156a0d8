import { NgError, type QueryAnswer } from 'rtpengine-ng-client';
import type { CallEngine } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';

const notFaked = (): never => {
  throw new Error('this answer is not faked: ask a real engine');
};

/** What `query` says of a call in which these two talk. */
const talking = (tags: readonly [string, string]): QueryAnswer => ({
  created: 0,
  tags: new Map(
    tags.map((tag, n) => {
      const peers = [{ tag: tags[1 - n] ?? '', type: 'offer/answer' }];
      const medias = [{ flags: [], streams: [{ 'local port': 30_000 + n, flags: [] }] }];
      return [tag, { tag, 'tag-aliases': [], subscriptions: peers, subscribers: peers, medias }];
    }),
  ),
});

/** Engines that note what is asked of them and fail where told to; for faults a real engine cannot be made to show. */
export const fakeEngines = () => {
  const asked: string[] = [];
  const failing = new Map<string, number>();
  const unanswered = new Set<string>();
  const open = new Set<string>();
  const hearing = new Set<string>();
  const calls = new Map<string, readonly [string, string]>();
  let beforeEach = (_command: string): void => {};
  let tags = 0;

  const run = async <T>(command: string, answer: () => T): Promise<T> => {
    asked.push(command);
    beforeEach(command);
    await Promise.resolve();
    if (unanswered.delete(command)) {
      answer();
      throw new NgError('Timeout', 'was not answered', { command });
    }
    const left = failing.get(command);
    if (left === undefined) return answer();
    if (left <= 1) failing.delete(command);
    else failing.set(command, left - 1);
    throw new Error(`${command} refused`);
  };

  const call: CallEngine = {
    ping: () => run('ping', () => undefined),
    list: () => run('list', () => []),
    query: ({ callId }) =>
      run('query', () => {
        const pair = calls.get(callId);
        if (pair) return talking(pair);
        throw new NgError('EngineRefused', 'There is no such call.', { command: 'query', callId });
      }),
    statistics: () => run('statistics', () => notFaked()),
    subscribeRequest: () =>
      run('subscribe request', () => {
        const toTag = `sub-${++tags}`;
        open.add(toTag);
        return { toTag, sdp: 'v=0' };
      }),
    subscribeAnswer: () => run('subscribe answer', () => undefined),
    unsubscribe: ({ toTag }) => run('unsubscribe', () => void open.delete(toTag)),
    playSound: () => run('play media', () => ({ durationMs: 240 })),
    stopSound: () => run('stop media', () => undefined),
  };

  const listening: ListeningEngine = {
    ping: () => run('ping', () => undefined),
    list: () => run('list', () => []),
    query: () => run('query', () => notFaked()),
    publishRelay: ({ mix }) =>
      run('publish relay', () => {
        open.add(mix);
        return { sdp: 'v=0' };
      }),
    publishListener: ({ listen }) =>
      run('publish listener', () => {
        open.add(listen);
        return { sdp: 'answer' };
      }),
    publishBrowser: ({ listen }) =>
      run('publish browser', () => {
        open.add(listen);
        return { sdp: 'answer' };
      }),
    createListener: () => run('create', () => ({ sdp: 'v=0' })),
    answerListener: () => run('create answer', () => undefined),
    connect: ({ listen }) => run('connect', () => void hearing.add(listen)),
    disconnectListener: ({ listen }) =>
      run('disconnect listener', () => {
        open.delete(listen);
        hearing.delete(listen);
      }),
    abandonListener: ({ listen }) =>
      run('abandon listener', () => {
        open.delete(listen);
        hearing.delete(listen);
      }),
    deleteListener: ({ listen }) => run('delete listener', () => void open.delete(listen)),
    deleteMix: ({ mix }) => run('delete mix', () => void open.delete(mix)),
  };

  return {
    call,
    listening,
    /** Commands in the order they were asked. */
    asked,
    /** What is up on the engines: subscriptions, mixes, listeners. */
    open,
    /** Listeners that hear their call. */
    hearing,
    /** The calls of the call engine: the tags of the two who talk. */
    calls,
    /** Runs just before a command is carried out, whatever comes of it. */
    before: (what: (command: string) => void) => {
      beforeEach = what;
    },
    /** Lets the next `times` of this command fail. */
    fail: (command: string, times = 1) => void failing.set(command, times),
    /** The next of this command is carried out, and its answer never comes. */
    loseAnswer: (command: string) => void unanswered.add(command),
  };
};
