import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * The names in the certificate that a machine proved itself with on this connection, `DNS:pbx.example` or `URI:spiffe://…`; none
 * where it has no certificate, one of another authority, or one whose time is over, be it since the connection began.
 * @param now ms since the epoch
 */
export const machineNames = (socket: Socket, now: number): ReadonlySet<string> => {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return none;
  // a session that was resumed counts as authorised, whether or not there was a certificate when it began
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return none;
  const isInTime = certificate.validFromDate.getTime() <= now && now < certificate.validToDate.getTime();
  return isInTime ? namesIn(certificate.subjectAltName) : none;
};

const none: ReadonlySet<string> = new Set();

/**
 * Node writes the names in one line, and what could be taken for more than one name in quotes, as JSON does: such a name stays in
 * its quotes here, and is nobody's.
 */
export const namesIn = (subjectAltName: string | undefined): ReadonlySet<string> =>
  new Set(subjectAltName?.match(/[^,\s:][^,:]*:(?:"(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/g) ?? []);
