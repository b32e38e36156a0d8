import type { IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import type { ListenerClaim } from '../../listen/ask.ts';

/** Longer than any P-Asserted-Identity of one sip: and one tel: URI. */
const maxValueLength = 1024;
/** A display name in quotes (RFC 3261 §25.1). PBXs copy it from the phone, so a URI in it is the phone's word. */
const quoted = /"(?:[^"\\]|\\.)*"/g;
/** name-addr with parameters, or addr-spec. What looks like a URI before the brackets is no display name. */
const nameAddr = /^[^<>:;=@]*<([^<>]*)>[^<>]*$/;
const addrSpec = /^[^<>]*$/;

const uriIn = (part: string): string => nameAddr.exec(part)?.[1] ?? (addrSpec.test(part) ? part : '');

/**
 * The URIs of a P-Asserted-Identity value: at most one sip(s): and one tel:, name-addr or bare (RFC 3325 §9.1). Of what
 * cannot be taken apart in just one way, nothing is believed.
 */
const urisIn = (value: string): readonly string[] => {
  const bare = value.length > maxValueLength ? '"' : value.replace(quoted, '');
  if (bare.includes('"')) return [];
  return bare
    .split(',')
    .map((part) => uriIn(part).trim())
    .filter((uri) => /^(?:sips?|tel):/i.test(uri));
};

/** Header lines of one name mean one list (RFC 3261 §7.3.1); a list of devices names none. */
const joined = (values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : values.map((value) => value.trim()).join(', ');

/**
 * What the PBX asserts of the caller (R8). From and Contact come from the phone, so they say nothing here. A header that
 * stands twice may be the phone's and the PBX's: then neither counts.
 */
export const claimOf = (message: IncomingRequestMessage, deviceHeader: string): ListenerClaim => {
  const [accessNetwork, ...more] = message.getHeaders('P-Access-Network-Info');
  return {
    identities: message.getHeaders('P-Asserted-Identity').flatMap(urisIn).slice(0, 4),
    device: joined(message.getHeaders(deviceHeader)),
    accessNetwork: more.length === 0 ? accessNetwork?.trim() : undefined,
  };
};
