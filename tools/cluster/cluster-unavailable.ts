/** A node cannot be had on this machine; the message says why and what to do. */
export class ClusterUnavailable extends Error {
  override readonly name = 'ClusterUnavailable';
  readonly reason = 'ClusterUnavailable';
}
