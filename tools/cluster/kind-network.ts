import type { NodeNetwork } from './node-network.ts';

/** What `docker network inspect kind` and `docker inspect` of kind's node say, as far as it matters. */
export interface DockerAnswers {
  readonly network: {
    readonly Id: string;
    readonly IPAM: { readonly Config: readonly { readonly Subnet: string; readonly Gateway?: string }[] };
  };
  /** IPv4 address of the node's container. */
  readonly node: string;
}

/**
 * The wire between this machine and a node of kind: Docker's bridge. The peers get the last addresses of its network, which Docker,
 * counting from the first, does not reach.
 * @throws RangeError where the network has no IPv4
 */
export function kindNetwork({ network, node }: DockerAnswers): NodeNetwork {
  const ipv4 = network.IPAM.Config.find(({ Subnet }) => Subnet.includes('.'));
  const [subnet = '', length = ''] = ipv4?.Subnet.split('/') ?? [];
  if (ipv4?.Gateway === undefined || length === '')
    throw new RangeError(
      'The network of kind has no IPv4 subnet with a gateway. Delete it: docker network rm kind.',
    );
  const prefixLength = Number(length);
  const first = subnet.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const last = first + 2 ** (32 - prefixLength) - 1;
  const address = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
  return {
    link: `br-${network.Id.slice(0, 12)}`,
    prefixLength,
    here: ipv4.Gateway,
    node,
    peers: [address(last - 2), address(last - 1)],
  };
}
