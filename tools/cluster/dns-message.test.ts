import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { dnsAnswer, readQuestion } from './dns-message.ts';

const known = new Map<string, readonly string[]>([
  ['one.example', ['100.64.0.2']],
  ['two.example', ['10.0.0.1', '10.0.0.2']],
]);
const socket = createSocket('udp4');
const resolver = new Resolver();
beforeAll(async () => {
  socket.on('message', (query, { port, address }) => {
    const question = readQuestion(query);
    if (question) socket.send(dnsAnswer(query, question, known.get(question.name)), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
});
afterAll(() => socket.close());

it('is understood by a resolver', async () => {
  expect(await resolver.resolve4('one.example')).toEqual(['100.64.0.2']);
  expect(await resolver.resolve4('TWO.example')).toEqual(['10.0.0.1', '10.0.0.2']);
  await expect(resolver.resolve4('three.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(resolver.resolve6('one.example')).rejects.toMatchObject({ code: 'ENODATA' });
});

test.each([
  ['nothing', ''],
  ['a header alone', '000100000001000000000000'],
  ['no question', '00010000000000000000000000'],
  ['a name that does not end', '0001000000010000000000000361'],
  ['a pointer', '000100000001000000000000c00c00010001'],
])('%s is no question', (_, hex) => {
  expect(readQuestion(Buffer.from(hex, 'hex'))).toBeUndefined();
});
