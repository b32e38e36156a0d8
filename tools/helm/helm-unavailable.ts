/** Helm cannot be had on this machine; the message says why and what to do. */
export class HelmUnavailable extends Error {
  override readonly name = 'HelmUnavailable';
  readonly reason = 'HelmUnavailable';
}
