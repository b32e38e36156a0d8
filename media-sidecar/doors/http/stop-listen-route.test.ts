import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listening, nothingLeft } from '../../listen/listening.fixture.ts';
import type { Access } from './authorise.ts';
import { type HttpDoor, openHttpDoor } from './http-door.ts';
import { RequestRefused } from './problem.ts';
import { stopListenRoute } from './stop-listen-route.ts';

const forbidden = { status: 403, reason: 'Forbidden', detail: 'Not you.' } as const;

let stage: Awaited<ReturnType<typeof listening>>;
let door: HttpDoor;
let asked: Access[];
beforeEach(async () => {
  stage = await listening();
  asked = [];
  const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
  door = await openHttpDoor({ listen, origins: [] }, pino({ level: 'silent' }), (app) =>
    stopListenRoute(app, {
      isLogin: (token) => token === 'of a person',
      signIn: async () => {
        throw new RequestRefused(forbidden);
      },
      listens: () => stage.service.listens,
      authorise: async ({ headers }, access) => {
        asked.push(access);
        if (headers.authorization !== 'Bearer admin-of-acme' || access.namespace !== 'acme')
          throw new RequestRefused(forbidden);
      },
    }),
  );
});
afterEach(() => door.close());

const stop = async (id: string, token = 'admin-of-acme') => {
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await fetch(`http://127.0.0.1:${door.port}/v1/listens/${id}`, {
    method: 'DELETE',
    headers,
  });
  return status;
};
const joined = async () => {
  const outcome = await stage.ask('karin-desk');
  if (outcome.kind !== 'joined') throw new Error(outcome.reason);
  return outcome.listen;
};

describe('DELETE a listen', () => {
  it('ends it as Stopped, and answers when nothing of it is left', async () => {
    const listen = await joined();
    expect(await stop(listen.id)).toBe(204);
    expect(await listen.ended).toBe('Stopped');
    expect(stage.left()).toEqual(nothingLeft);
    expect(asked).toEqual([{ namespace: 'acme', verb: 'delete', resource: 'listens' }]);
  });

  it('tells who may not the same whether or not there is such a listen, and leaves it up', async () => {
    const listen = await joined();
    expect([await stop(listen.id, 'somebody'), await stop('none', 'somebody')]).toEqual([403, 403]);
    expect(stage.service.listens.map(({ id }) => id)).toEqual([listen.id]);
  });
});
