import type { Server, TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import { every } from '../../../timing/every.ts';
import { readTlsFiles, type TlsFiles, type TlsMaterial } from './tls-files.ts';

/** Kubernetes brings a renewed Secret within a minute, so a file is never much older than this. */
const lookMs = 5_000;

/**
 * Serves what the files have become, from the next connection on; what cannot be used is logged, and the last good ones stay. Where the
 * authority is another, machines have to prove themselves anew: their connections are closed, and no session of theirs is resumed.
 */
export const followTlsFiles = (
  server: Server,
  files: TlsFiles,
  first: TlsMaterial,
  log: Logger,
  pauseMs = lookMs,
): { stop(): void } => {
  const proved = new Set<TLSSocket>();
  server.on('secureConnection', (socket: TLSSocket) => {
    if (!socket.getPeerX509Certificate()) return;
    proved.add(socket);
    socket.once('close', () => proved.delete(socket));
  });
  let served = first;
  let problem = '';
  const look = async (): Promise<void> => {
    try {
      const now = await readTlsFiles(files);
      problem = '';
      if (JSON.stringify(now) === JSON.stringify(served)) return;
      server.setSecureContext(now);
      if (now.ca !== served.ca) for (const socket of proved) socket.destroy();
      served = now;
      log.info('the certificates of the HTTP API were renewed');
    } catch (error) {
      const { message } = error as Error;
      if (message !== problem)
        log.error(
          { problem: message },
          'the new certificates of the HTTP API are not used; the last ones stay',
        );
      problem = message;
    }
  };
  return every(pauseMs, look);
};
