import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { examplePolicies } from './example-policies.fixture.ts';
import { PolicyStore } from './policy-store.ts';
import { WatchedPolicies } from './watched-policies.ts';

const [acme] = await examplePolicies('acme');
if (!acme) throw new Error('examples/acme compiles to nothing');
const key = 'acme/acme-0-of-1';
const stored = (generation: number, users = acme.spec.users, uid = 'u-1') => ({
  ...acme,
  metadata: { ...acme.metadata, uid, resourceVersion: `${generation}`, generation },
  spec: { ...acme.spec, users },
});
const without = (name: string) => acme.spec.users.filter((user) => user.name !== name);

let store: PolicyStore;
let watched: WatchedPolicies;
let complaints: string[];
let told: number;
const known = (name: string) => store.index.userByName('acme/acme', name) !== undefined;
const turn = () => new Promise<void>((resolve) => queueMicrotask(resolve));

beforeEach(() => {
  store = new PolicyStore(() => 0);
  complaints = [];
  told = 0;
  store.subscribe(() => {
    told += 1;
  });
  watched = new WatchedPolicies(
    store,
    pino({ level: 'error' }, { write: (line: string) => void complaints.push(JSON.parse(line).problem) }),
  );
  watched.take({ key, after: stored(1) });
});

describe('a ForkPolicy seen in the cluster', () => {
  it('is in force at once', () => {
    expect(known('karin')).toBe(true);
  });

  it('takes a user away with the change that says so, and tells of it once', async () => {
    await turn();
    watched.take({ key, before: stored(1), after: stored(2, without('karin')) });
    expect(known('karin')).toBe(false);
    expect(known('anna')).toBe(true);
    await turn();
    expect(told).toBe(2);
  });

  it('is judged by its generation: the revision of an edit by hand may lie', () => {
    watched.take({ key, after: stored(2, without('karin')) });
    watched.take({ key, after: stored(3) });
    expect(known('karin')).toBe(true);
  });

  it('is another one when it was made anew, whatever the generation', () => {
    watched.take({ key, after: stored(1, without('karin'), 'u-2') });
    expect(known('karin')).toBe(false);
  });

  it('takes its users with it when it is deleted, or leaves the pool', () => {
    watched.take({ key, before: stored(1) });
    expect(known('anna')).toBe(false);
  });

  it('has no users while it cannot be read, says so, and comes back', () => {
    const broken = stored(2);
    const { users: _, ...spec } = broken.spec;
    const cut = { ...broken, spec };
    watched.take({ key, after: cut });
    expect(known('anna')).toBe(false);
    expect([...watched.malformed.keys()]).toEqual([key]);
    expect([...store.partlyKnown]).toEqual(['acme']);
    expect(complaints).toEqual([expect.stringMatching(/^spec\.users/)]);
    watched.take({ key, after: stored(3) });
    expect(known('anna')).toBe(true);
    expect([watched.malformed.size, store.partlyKnown.size]).toEqual([0, 0]);
    watched.take({ key, after: cut });
    watched.take({ key, before: cut });
    expect([watched.malformed.size, store.partlyKnown.size]).toEqual([0, 0]);
  });

  it('that requires a rule this version does not know is not enforced, nor is what was in force before', async () => {
    await turn();
    const { spec, ...rest } = stored(2);
    const restricted = { ...rest, spec: { ...spec, requires: ['QuietHours'] } };
    watched.take({ key, before: stored(1), after: restricted });
    expect([known('karin'), known('anna'), store.index.company('acme/acme')]).toEqual([
      false,
      false,
      undefined,
    ]);
    expect(complaints).toEqual([expect.stringMatching(/^spec\.requires: .*QuietHours/)]);
    expect(watched.malformed.get(key)).toBe(complaints[0]);
    await turn();
    expect(told).toBe(2);
    watched.take({ key, after: stored(3) });
    expect([known('karin'), watched.malformed.size]).toEqual([true, 0]);
  });

  it('tells once of what came in one turn: a shard that is split is never seen half', async () => {
    await turn();
    for (const index of [0, 1]) {
      const { metadata, spec, ...rest } = stored(1, index === 0 ? without('karin') : acme.spec.users);
      const name = `acme-${index}-of-2`;
      const after = {
        ...rest,
        metadata: { ...metadata, name, uid: name },
        spec: { ...spec, shard: { index, count: 2 } },
      };
      watched.take({ key: `acme/${name}`, after });
    }
    watched.take({ key });
    const seen = known('karin');
    await turn();
    expect([seen, told]).toEqual([true, 2]);
  });
});
