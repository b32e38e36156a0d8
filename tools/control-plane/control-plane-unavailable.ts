/** The control plane cannot be had on this machine. The message says why and what to do. */
export class ControlPlaneUnavailable extends Error {
  override readonly name = 'ControlPlaneUnavailable';
  readonly reason = 'ControlPlaneUnavailable';
}
