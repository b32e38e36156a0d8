import type { EndReason } from '@medlyssning/policy';
import type { Person } from '../../../registry/line-registry.ts';

/** Something happened; what of it is told to whom is seen when it is told. */
export type Notice = { readonly sequence: number } & Happening;

export type Happening =
  /** The calls of these people changed. */
  | { readonly kind: 'call'; readonly people: readonly Person[] }
  | {
      readonly kind: 'listen';
      readonly id: string;
      readonly callId: string;
      readonly listener: Person;
      readonly target: Person;
      /** Why it is over; `undefined`: it began. */
      readonly ended: EndReason | undefined;
      readonly at: number;
    }
  | { readonly kind: 'policy' };
