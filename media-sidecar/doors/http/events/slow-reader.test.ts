import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ForkPolicy } from '@medlyssning/policy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answered, deleted, offered } from '../../../book/book.fixture.ts';
import { examplePolicies } from '../../../policy/example-policies.fixture.ts';
import { type OpenDoor, openDoor } from '../http-door.fixture.ts';

const agents = Array.from({ length: 80 }, (_, n) => `agent-${n}`);
const numberOf = (n: number) => `+4685001${100 + n}`;
/** So long that what the kernel holds for a reader is soon full. */
const longName = 'n'.repeat(1_000);
/** Far more than the kernel keeps for two sockets (4 + 6 MB), in events of 80 kB or so. */
const rounds = 200;

/** A company of agents with long names, and Rut, who may hear them. */
const crowd = async (): Promise<ForkPolicy> => {
  const [policy] = await examplePolicies('acme');
  const [row] = policy?.spec.users ?? [];
  if (!policy || !row) throw new Error('no example');
  const { extension: _, fixedNumber: __, subject: ___, ...bare } = row;
  const someone = (name: string) => ({ ...bare, name, licensed: true, devices: [], displayName: longName });
  return {
    ...policy,
    metadata: { name: 'crowd-0-of-1', namespace: 'crowd' },
    spec: {
      ...policy.spec,
      companyRef: { name: 'crowd' },
      shard: { index: 0, count: 1 },
      company: { ...policy.spec.company, domains: ['crowd.example'] },
      users: [
        ...agents.map((name, n) => ({ ...someone(name), fixedNumber: numberOf(n) })),
        { ...someone('rut'), mayListen: true, subject: 'rut@crowd.example' },
      ],
    },
  };
};

let door: OpenDoor;
beforeEach(async () => {
  door = await openDoor();
  door.stage.index.apply(await crowd());
});
afterEach(() => door.close());

/** Rut’s stream, which she may read or leave unread. */
const follow = async (lastEventId?: string) => {
  const token = await door.issuer.token('rut@crowd.example');
  const socket: Socket = connect(Number(new URL(door.origin).port), '127.0.0.1');
  const resume = lastEventId === undefined ? '' : `last-event-id: ${lastEventId}\r\n`;
  socket.write(`GET /v1/events HTTP/1.1\r\nhost: door\r\nauthorization: Bearer ${token}\r\n${resume}\r\n`);
  socket.on('error', () => {});
  const stream = {
    socket,
    text: '',
    bytes: 0,
    refreshes: 0,
    lastId: lastEventId,
    /** Who is in a call, by all that was told whole. */
    inCall: new Map<string, boolean>(),
  };
  socket.on('data', (chunk) => {
    stream.bytes += chunk.length;
    const blocks = (stream.text + chunk.toString('latin1')).split('\n\n');
    stream.text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.includes('event: refresh')) stream.refreshes += 1;
      const [, user, said] = /"user":"([^"]+)".*"inCall":(true|false)/.exec(block) ?? [];
      if (user) stream.inCall.set(user, said === 'true');
      stream.lastId = /^id: (\w+)$/m.exec(block)?.[1] ?? stream.lastId;
    }
  });
  return stream;
};
type Stream = Awaited<ReturnType<typeof follow>>;

const until = async ({ socket }: Stream, isSo: () => boolean) => {
  while (!isSo()) await once(socket, 'data');
};

/** All agents are called, or all their calls end. */
const change = (inCall: boolean) => {
  const { book } = door.stage;
  const now = Date.now();
  for (const [n, callId] of agents.entries()) {
    const metadata = { domain: 'crowd.example', caller: '+46702222222', callee: numberOf(n) };
    if (inCall) book.apply(offered(now, `${callId}-customer`, { callId, label: 'caller', metadata }));
    if (inCall)
      book.apply(answered(now, `${callId}-customer`, callId, { callId, label: 'callee', metadata }));
    else book.apply(deleted(now, `${callId}-customer`, { callId }));
  }
};

it('drops who reads nothing, and tells them what they missed when they come back; the others notice nothing', async () => {
  const [slow, quick] = [await follow(), await follow()];
  await until(slow, () => slow.lastId !== undefined);
  await until(quick, () => quick.lastId !== undefined);
  slow.socket.pause();
  let told = 0;
  for (let round = 0; round < rounds; round += 1) {
    const inCall = round % 2 === 0;
    const before = quick.bytes;
    change(inCall);
    await until(quick, () => agents.every((name) => quick.inCall.get(name) === inCall));
    told += quick.bytes - before;
  }
  const ended = once(slow.socket, 'close');
  slow.socket.resume();
  await ended;
  // what had been sent was in the kernel; had it all been kept for her, all of it would have come
  expect(slow.bytes).toBeLessThan(told * 0.9);
  expect(quick.socket.destroyed).toBe(false);
  expect(quick.refreshes).toBe(1);

  change(true);
  const again = await follow(slow.lastId);
  await until(again, () => agents.every((name) => again.inCall.get(name) === true));
  expect(again.refreshes).toBe(0);
  for (const { socket } of [again, quick]) socket.destroy();
}, 60_000);
