import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { type OpenDoor, openDoor } from '@medlyssning/media-sidecar/doors/http/http-door.fixture.ts';
import { administratorRole } from '@medlyssning/tools/development-issuer/start-development-issuer.ts';
import { type Ran, runHere } from './run-here.ts';

/** The HTTP API of a sidecar on which Anna is in a call, behind a connection that can be cut. */
export interface RunningSidecar extends AsyncDisposable {
  readonly door: OpenDoor;
  readonly server: string;
  /** `helena` administrates; `machine` is the ServiceAccount that may list listens. */
  tokenOf(who: string): Promise<string>;
  /** Runs a command against it with the token of this person. */
  as(who: string, ...args: readonly string[]): Promise<Ran>;
  /** Karin begins to listen to Anna on her desk phone; resolves with what stops it. */
  listen(): Promise<() => Promise<void>>;
  /** Ends what is connected; `lets`: may anybody connect from now on? */
  cut(lets: boolean): void;
}

export const runningSidecar = async (): Promise<RunningSidecar> => {
  const door = await openDoor();
  const { port } = new URL(door.origin);
  const sockets = new Set<Socket>();
  let lets = true;
  const proxy = createServer((socket) => {
    if (!lets) return void socket.destroy();
    const inner = connect(Number(port), '127.0.0.1');
    for (const one of [socket, inner]) {
      sockets.add(one);
      one.on('error', () => {}).once('close', () => sockets.delete(one));
    }
    socket.pipe(inner).pipe(socket);
    socket.once('close', () => inner.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const server = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const tokenOf = async (who: string) => {
    if (who === 'machine') return 'machine-token';
    const roles = who === 'helena' ? [administratorRole] : [];
    return door.issuer.token(`${who}@acme.example`, { roles });
  };
  const cut = (letsNow: boolean) => {
    lets = letsNow;
    for (const socket of sockets) socket.destroy();
  };
  return {
    door,
    server,
    tokenOf,
    async as(who, ...args) {
      process.env['MEDLYSSNING_TOKEN'] = await tokenOf(who);
      try {
        return await runHere([...args, '--server', server]);
      } finally {
        delete process.env['MEDLYSSNING_TOKEN'];
      }
    },
    async listen() {
      const outcome = await door.stage.ask('karin-desk');
      if (outcome.kind !== 'joined') throw new Error(outcome.reason);
      const path = `/v1/listens/${outcome.listen.id}`;
      return async () => {
        const { status } = await door.send(path, await tokenOf('helena'), { method: 'DELETE' });
        if (status !== 204) throw new Error(`DELETE ${path}: ${status}`);
      };
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut(false);
      proxy.close();
      await door.close();
    },
  };
};
