import { type SocketAddress, sipUri } from '@medlyssning/sip-tcp';

/** Host and port of a SIP URI; 5060 where it names no port. @throws SipUriError */
export const nextHopOf = (uri: string): SocketAddress => {
  const { host, port } = sipUri(uri);
  return { host, port: port ?? 5060 };
};
