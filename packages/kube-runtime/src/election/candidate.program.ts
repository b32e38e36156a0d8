import { setTimeout as wait } from 'node:timers/promises';
import { defineResource } from '../api/resource-type.ts';
import { apiFrom } from '../fixtures/widget.fixture.ts';
import { guardWrites } from './guard-writes.ts';
import { LeaseElection } from './lease-election.ts';
import { leaseLock } from './lease-lock.ts';

/** A process of its own that campaigns, and while it leads writes as fast as it may. Ends orderly when told by a SIGTERM. */
const [kubeconfig = '', identity = ''] = process.argv.slice(2);
const configMaps = defineResource({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
});
const api = apiFrom(kubeconfig, identity);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
/** Of the whole machine, so that the lines of all processes can be compared. */
const say = (what: string) => process.stdout.write(`${what} ${performance.timeOrigin + performance.now()}\n`);

const election = new LeaseElection({
  lock: leaseLock(api, { namespace: 'default', name: 'leader' }),
  identity,
  onStarted: async (leadership) => {
    say('leads');
    const guarded = guardWrites(api, leadership);
    while (!leadership.signal.aborted) {
      const body = { data: { writer: identity } };
      const patch = { contentType: 'application/merge-patch+json', body } as const;
      await guarded.patch(configMaps, { namespace: 'default', name: 'written' }, patch);
      await wait(20);
    }
    say('ends');
  },
});
await election.run(stop.signal);
await api.close();
