/** What the PBX says of a call in ng `metadata`. */
export interface CallMetadata {
  /** SIP domain that names the company, lower case. */
  readonly domain: string | undefined;
  /** Number or `user@host` of the side that called. */
  readonly caller: string | undefined;
  /** Number or `user@host` of the side that was called. */
  readonly callee: string | undefined;
  /** `early`: the call only rings, whatever media flows meanwhile (RFC 3960). Absent: nothing says so. */
  readonly state?: 'early';
}

const maxLength = 1024;
const maxValue = 256;
const keys = new Set(['domain', 'caller', 'callee', 'state']);
const domainPattern = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
/** A number, an extension or `user@host`: the characters of RFC 3261 `user` and `host`, without escapes. */
const addressPattern = /^[A-Za-z0-9+*#_.!~'()&=$,;?/-]{1,128}(@[A-Za-z0-9.:[\]-]{1,128})?$/;

const decoded = (value: string): string | undefined => {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
};

const valid = (key: string, value: string): string | undefined => {
  const text = decoded(value);
  if (text === undefined) return undefined;
  if (key === 'domain') {
    const domain = text.toLowerCase();
    return domainPattern.test(domain) ? domain : undefined;
  }
  return addressPattern.test(text) ? text : undefined;
};

/**
 * Reads `domain:acme.example|caller:+4670…|callee:+468…`, as the PBX's script wrote it. Values may be percent-encoded.
 * Unknown keys are left for others. What is malformed, too long or said twice is not known: the answer lacks it.
 * `state:early` is the only state there is; another one is taken for it too, since it is said only of calls that are
 * not, or not yet, to be listened to.
 *
 * @returns `undefined` where no key of ours could be read
 */
export const parseMetadata = (text: string): CallMetadata | undefined => {
  if (text.length > maxLength) return undefined;
  const seen = new Map<string, string | undefined>();
  for (const part of text.split('|')) {
    const colon = part.indexOf(':');
    const key = part.slice(0, Math.max(colon, 0));
    if (!keys.has(key)) continue;
    const value = part.slice(colon + 1);
    seen.set(key, seen.has(key) || value.length > maxValue ? undefined : valid(key, value));
  }
  const early = seen.has('state') ? ({ state: 'early' } as const) : undefined;
  const metadata = { domain: seen.get('domain'), caller: seen.get('caller'), callee: seen.get('callee') };
  return metadata.domain || metadata.caller || metadata.callee || early
    ? { ...metadata, ...early }
    : undefined;
};
