/**
 * The wire between this machine and a node, and what lies behind it. A node has a network of its own; this machine is its neighbour
 * on a pair of virtual Ethernet interfaces, which vanishes with the node's network, however that ends.
 */
export interface NodeNetwork {
  /** Name of this machine's end, at most 15 characters (IFNAMSIZ). */
  readonly link: string;
  /** Length of the prefix of all addresses below. */
  readonly prefixLength: number;
  /** This machine: control plane and PBX. */
  readonly here: string;
  /** The node, and every pod with hostNetwork. */
  readonly node: string;
  /** More addresses of this machine on that wire, for peers that have to be told apart: trunks. */
  readonly peers: readonly [string, string];
}

/**
 * The network of a node, by a number that no other cluster of this machine has at the time: one of the ports of real/ports.ts, since
 * those are claimed among processes. Addresses are of 100.64.0.0/10, which RFC 6598 keeps out of private and public networks alike.
 * @param unique 0 to 65535
 */
export function nodeNetwork(unique: number): NodeNetwork {
  const first = ((100 << 24) | (64 << 16)) + unique * 16;
  const address = (n: number) => [24, 16, 8, 0].map((shift) => ((first + n) >>> shift) & 0xff).join('.');
  return {
    link: `medly-${unique}`,
    prefixLength: 28,
    here: address(1),
    node: address(2),
    peers: [address(3), address(4)],
  };
}

/** Pods' addresses, and the Service that they ask for names, in the API server's range. */
export const podRange = '10.244.0.0/24';
export const clusterDns = '10.96.0.10';
