import type { Command } from '../real/command.ts';
import type { Outcome } from '../real/run-to-end.ts';
import type { NodeNetwork } from './node-network.ts';

/** A Kubernetes with one node that runs real pods, and this machine beside it on a wire. */
export interface Cluster {
  readonly network: NodeNetwork;
  readonly nodeName: string;
  /** Path of a kubeconfig for one who may do everything. */
  readonly adminKubeconfig: string;
  /** Files that it is to read lie in the project or in the folder for temporary files. */
  kubectl(args: readonly string[]): Promise<Outcome>;
  /** Gives the node the images of OCI archives. */
  importImages(files: readonly string[]): Promise<void>;
  /** Gives an image that the node has one more name. */
  tagImage(name: string, another: string): Promise<void>;
  /** The command that runs a program of this machine with the node's network, beside its pods. */
  onNetwork(command: Command): Command;
  /** Ends it, pods included, and removes what it wrote. */
  stop(): Promise<void>;
}
