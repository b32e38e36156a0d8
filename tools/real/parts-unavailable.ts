/** The real parts cannot be had on this machine. The message says why and what to do. */
export class PartsUnavailable extends Error {
  override readonly name = 'PartsUnavailable';
  readonly reason = 'PartsUnavailable';
}
