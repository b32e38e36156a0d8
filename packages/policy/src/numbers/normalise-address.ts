import { parseUri } from './parse-uri.ts';

/**
 * Writes a SIP address the one way it is compared: `user@host` in lower case, without scheme, port, password and
 * parameters. RFC 3261 lets user parts differ by case alone; no PBX we know gives such two to two people, and
 * `compile()` would refuse both (AddressTaken).
 *
 * `undefined` for what is no address. Never throws; looks at 256 characters at most.
 */
export function normaliseAddress(text: string): string | undefined {
  const uri = parseUri(text);
  if (uri?.host === undefined || /\s/.test(uri.user)) return undefined;
  return `${uri.user.toLowerCase()}@${uri.host}`;
}
