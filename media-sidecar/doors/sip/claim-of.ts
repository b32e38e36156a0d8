import type { IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import type { ListenerClaim } from '../../listen/ask.ts';

/** The URIs of a P-Asserted-Identity value: at most one sip(s): and one tel:, name-addr or bare (RFC 3325 §9.1). */
const urisIn = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => /<([^>]*)>/.exec(part)?.[1] ?? part)
    .map((uri) => uri.trim())
    .filter((uri) => /^(?:sips?|tel):/i.test(uri));

/** What the PBX asserts of the caller (R8). From and Contact come from the phone, so they say nothing here. */
export const claimOf = (message: IncomingRequestMessage, deviceHeader: string): ListenerClaim => ({
  identities: message.getHeaders('P-Asserted-Identity').flatMap(urisIn).slice(0, 4),
  device: message.getHeader(deviceHeader)?.trim(),
  accessNetwork: message.getHeader('P-Access-Network-Info')?.trim(),
});
