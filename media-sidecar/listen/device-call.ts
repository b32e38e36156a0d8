import type { DeviceRow } from '@medlyssning/policy';
import type { ListenerMedia, ListenHandle } from './ask.ts';

/** A call to a device of a listener's. */
export interface DeviceCall {
  readonly ring: Extract<ListenerMedia, { kind: 'called' }>['ring'];
  /** Whichever ends first, call or listen, ends the other from now on. */
  tie(listen: ListenHandle): void;
  /** Ends the call, where nothing came of the listen. */
  drop(): void;
}

export interface CalledDevice {
  /** A device that has an address. */
  readonly device: DeviceRow & { readonly address: string };
  /** What its display shows: whom they are about to hear. */
  readonly shown: string;
}

export type CallDevice = (called: CalledDevice) => DeviceCall;
