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
  /** Ends it, pods included, and removes what it wrote. */
  stop(): Promise<void>;
}
