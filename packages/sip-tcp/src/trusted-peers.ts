import { BlockList, isIP } from 'node:net';
import { plainAddress } from './socket-address.ts';

/** Says whether a peer's address may speak to us. */
export type TrustPeer = (address: string) => boolean;

/** A trusted-peers list that names something other than addresses and networks. */
export class TrustedPeersError extends Error {
  readonly reason = 'TrustedPeerInvalid';
  override readonly name = 'TrustedPeersError';

  constructor(entry: string) {
    super(
      `"${entry}" is no IP address and no network; write an address such as 10.0.0.5 or a CIDR such as 10.0.0.0/8.`,
    );
  }
}

/**
 * Trust by address: each entry an IPv4 or IPv6 address or CIDR. An empty list trusts nobody.
 * @throws TrustedPeersError on an entry that is neither.
 */
export function trustedPeers(entries: readonly string[]): TrustPeer {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = isIP(address);
  const bits =
    prefix === undefined ? (family === 6 ? 128 : 32) : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (family === 0 || rest.length > 0 || bits < 0 || bits > (family === 6 ? 128 : 32)) {
    throw new TrustedPeersError(entry);
  }
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
}
