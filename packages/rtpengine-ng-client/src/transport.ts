import type { Exchange } from './exchange.ts';

/** Where an engine listens. */
export interface NgAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * The largest request, that of one UDP datagram over IPv4. TCP has the same bound: rtpengine drops a connection on
 * which a long request arrives in parts, and 64 KB is what loopback carries in one.
 */
export const maxRequestBytes = 65_507;

/** Carries exchanges to an engine and settles them with what comes back. Opens its socket with the first one. */
export interface NgTransport {
  send(exchange: Exchange): void;
  /** Fails what is under way with `Closed`; resolves when the socket is freed. Idempotent. */
  close(): Promise<void>;
}
