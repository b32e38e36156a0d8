export type {
  ListAnswer,
  OkAnswer,
  PartyAnswer,
  PlayMediaAnswer,
  SdpAnswer,
  StopMediaAnswer,
  SubscribeRequestAnswer,
} from './answers/answers.ts';
export type {
  QueryAnswer,
  QueryEndpoint,
  QueryMedia,
  QueryStats,
  QueryStream,
  QuerySubscription,
  QueryTag,
} from './answers/query-answer.ts';
export type { Counters, StatisticsAnswer } from './answers/statistics-answer.ts';
export { type ConnectOptions, connect } from './connect.ts';
export { decodeBencode } from './decode-bencode.ts';
export { encodeBencode } from './encode-bencode.ts';
export type { NgClient } from './ng-client.ts';
export { NgError, type NgErrorReason } from './ng-error.ts';
export type { NgHooks, NgRequestInfo } from './ng-hooks.ts';
export {
  decodeBody,
  decodeMessage,
  encodeMessage,
  type NgFormat,
  type NgMessage,
  splitMessage,
} from './ng-message.ts';
export { isNgDict, type NgArguments, type NgData, type NgDict, type NgValue } from './ng-value.ts';
export type { NgRequestOptions } from './requester.ts';
export type * from './requests.ts';
