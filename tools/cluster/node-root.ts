import { ensureDebianRoot } from '../real/debian-root.ts';

/** What a node's own file system has, besides the programs of Kubernetes. */
const packages = [
  'containerd',
  'runc',
  'containernetworking-plugins',
  'nftables',
  'iproute2',
  'mount',
  'catatonit',
] as const;

/**
 * Makes the file system that nodes see, unless it is there. Nodes cannot write it.
 * @returns its folder
 * @throws PartsUnavailable
 */
export function ensureNodeRoot(onProgress: (line: string) => void): Promise<string> {
  return ensureDebianRoot({ name: 'containerd and runc', packages }, onProgress);
}
