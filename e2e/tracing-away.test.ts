import { readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { describe, expect, it } from 'vitest';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { listens } from './lib/outcome/listening.ts';

/** Takes connections and says nothing. */
const mute = (port: number): Promise<Server & AsyncDisposable> =>
  new Promise((resolve) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
    server.listen(port, '127.0.0.1', () =>
      resolve(
        Object.assign(server, {
          [Symbol.asyncDispose]: async () => {
            for (const socket of sockets) socket.destroy();
            server.close();
          },
        }),
      ),
    );
  });

describe.each(['away', 'mute'])('a collector that is %s', (kind) => {
  it('costs neither calls nor listens anything, and is told of once', async () => {
    const port = await freePort();
    await using _ = kind === 'mute' ? await mute(port) : undefined;
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    };
    await using stage = await acmeStage(['anna'], { env });
    const target = stage.talkOf('anna');
    for (let n = 0; n < 5; n += 1) {
      await using listen = await listens(stage, { from: 'karin-desk', dials: '0846500403', target });
      await listen.call.rtp.hear(20);
    }
    // both parties go on hearing each other
    await target.colleague.rtp.hear(50);
    const log = await readFile(join(stage.world.place.workDir, 'sidecar.log'), 'utf8');
    expect(log.match(/spans are not taken/g)?.length).toBe(1);
    const begun = performance.now();
    await stage.world.sidecar.stop(10_000);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
