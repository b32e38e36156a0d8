import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { converged, examples, type Hands, hands, operatorUser, startCluster } from './cluster.fixture.ts';
import { startOperatorProcess } from './process.fixture.ts';

let cluster: ControlPlane;
let at: Hands;
const operators = new Map<string, RunningProcess>();
let load: { stop(): Promise<void> };

beforeAll(async () => {
  cluster = await startCluster();
  at = hands(cluster);
  await cluster.applyFiles(examples);
  await start('one');
  await converged(at, 20_000);
  await start('two');
  load = changeWithoutEnd();
});
afterAll(async () => {
  await load?.stop();
  await Promise.all([...operators.values()].map((operator) => operator.kill()));
  await cluster?.stop();
});

const start = async (name: string) => void operators.set(name, await startOperatorProcess(cluster, name));
const get = (name: string): RunningProcess => {
  const operator = operators.get(name);
  if (operator === undefined) throw new Error(`There is no operator ${name}.`);
  return operator;
};

/** Somebody changes what people wrote, some twenty times a second, whoever leads. */
const changeWithoutEnd = () => {
  let going = true;
  const changing = (async () => {
    for (let allow = true; going; allow = !allow) {
      await at.patch('Profile', 'acme', 'lunch', { spec: { allowListening: allow } });
      await new Promise((later) => setTimeout(later, 50));
    }
  })();
  return {
    async stop() {
      going = false;
      await changing;
    },
  };
};

interface Write {
  readonly by: string;
  readonly from: number;
  readonly to: number;
}

/** What operators wrote of our kinds, in the order in which the API server received it. */
const writes = (): readonly Write[] =>
  cluster
    .auditEvents()
    .filter(
      ({ user, verb, stage, objectRef, responseStatus }) =>
        user.username === operatorUser &&
        stage === 'ResponseComplete' &&
        objectRef?.apiGroup === 'medlyssning.dev' &&
        ['create', 'update', 'patch', 'delete'].includes(verb) &&
        (responseStatus?.code ?? 500) < 300,
    )
    .map(({ userAgent = '', requestReceivedTimestamp, stageTimestamp }) => ({
      by: userAgent.replace('medlyssning-operator/', ''),
      from: Date.parse(requestReceivedTimestamp),
      to: Date.parse(stageTimestamp),
    }))
    .toSorted((a, b) => a.from - b.from);
const writesOf = (name: string) => writes().filter(({ by }) => by === name);

/** Resolves with ms from `since` to the first write of `name` after it. */
const firstWriteOf = async (name: string, since: number, timeout: number): Promise<number> => {
  const first = () => writesOf(name).find(({ from }) => from >= since);
  await expect.poll(first, { timeout, interval: 200 }).toBeDefined();
  return (first()?.from ?? Number.NaN) - since;
};

test('only the leader writes', async () => {
  const seen = writesOf('one').length;
  await expect.poll(() => writesOf('one').length, { timeout: 10_000 }).toBeGreaterThan(seen + 10);
  expect(writesOf('two')).toEqual([]);
});

test('when the leader gives its Lease back, the other writes within 3 s', async () => {
  const since = Date.now();
  const stopped = get('one').stop(10_000);
  expect(await firstWriteOf('two', since, 10_000)).toBeLessThanOrEqual(3_000);
  expect(await stopped).toMatchObject({ code: 0 });
  await start('three');
});

test('when the leader is killed, the other writes within 20 s', async () => {
  const since = Date.now();
  await get('two').kill();
  expect(await firstWriteOf('three', since, 30_000)).toBeLessThanOrEqual(20_000);
  await start('four');
});

test('a leader that was stalled past its Lease writes nothing when it wakes', async () => {
  const since = Date.now();
  get('three').signal('SIGSTOP');
  expect(await firstWriteOf('four', since, 30_000)).toBeLessThanOrEqual(20_000);
  const [taken] = writesOf('four');
  get('three').signal('SIGCONT');
  const seen = writesOf('four').length;
  await expect.poll(() => writesOf('four').length, { timeout: 10_000 }).toBeGreaterThan(seen + 20);
  expect(writesOf('three').filter(({ to }) => to >= (taken?.from ?? 0))).toEqual([]);
});

test('never did two write at once, as the API server wrote it down', async () => {
  await load.stop();
  await converged(at);
  const all = writes();
  const turns = all.filter(({ by }, index) => by !== all[index - 1]?.by).map(({ by }) => by);
  expect(turns).toEqual(['one', 'two', 'three', 'four']);
  const overlaps = all.filter((write, index) =>
    all.slice(0, index).some((before) => before.by !== write.by && before.to > write.from),
  );
  expect(overlaps).toEqual([]);
});
