import { allOf, type SipText } from './sip-text.ts';

/** What a message says of who sent it. */
export function identity(message: SipText) {
  return {
    asserted: allOf(message, 'p-asserted-identity'),
    device: allOf(message, 'x-device'),
    network: allOf(message, 'p-access-network-info'),
    preferred: [...allOf(message, 'p-preferred-identity'), ...allOf(message, 'remote-party-id')],
    privacy: allOf(message, 'privacy'),
  };
}
