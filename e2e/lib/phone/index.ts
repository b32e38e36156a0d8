export type { Call } from './call.ts';
export { type CallEnd, CallNotAnsweredError } from './call-end.ts';
export type { Inbox } from './inbox.ts';
export { Phone, type ReceivedMessage } from './phone.ts';
export type { CallOptions, IncomingPolicy, PhoneOptions } from './phone-options.ts';
