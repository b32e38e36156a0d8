/**
 * Why no answer could be had; stable, safe to switch on. Except with `Credentials` and `TooLarge` a write may have been carried out.
 * - `Connection`: not reached, or the connection broke.
 * - `Timeout`: no answer in time.
 * - `Garbled`: what came is not what an API server says, for example JSON that breaks off.
 * - `TooLarge`: more came than this client takes.
 * - `Credentials`: the kubeconfig's files, plugin or certificates could not be used; nothing was sent.
 */
export type UnreachableReason = 'Connection' | 'Timeout' | 'Garbled' | 'TooLarge' | 'Credentials';

/** The API server gave no usable answer. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
  readonly reason: UnreachableReason;

  constructor(reason: UnreachableReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
