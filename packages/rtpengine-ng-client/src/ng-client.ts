import {
  type ListAnswer,
  type OkAnswer,
  type PartyAnswer,
  type PlayMediaAnswer,
  readListAnswer,
  readOkAnswer,
  readPartyAnswer,
  readPlayMediaAnswer,
  readSdpAnswer,
  readStopMediaAnswer,
  readSubscribeRequestAnswer,
  type SdpAnswer,
  type StopMediaAnswer,
  type SubscribeRequestAnswer,
} from './answers/answers.ts';
import { type QueryAnswer, readQueryAnswer } from './answers/query-answer.ts';
import { readStatisticsAnswer, type StatisticsAnswer } from './answers/statistics-answer.ts';
import type { NgArguments, NgDict } from './ng-value.ts';
import { describeFailure, type NgRequestOptions, Requester, type RequesterOptions } from './requester.ts';
import type * as Requests from './requests.ts';
import type { NgTransport } from './transport.ts';

/**
 * Speaks ng with one engine; made by `connect()`. Any number of requests may be under way at once. Every method
 * rejects with `NgError` and with nothing else.
 */
export class NgClient implements AsyncDisposable {
  readonly #transport: NgTransport;
  readonly #requester: Requester;

  constructor(transport: NgTransport, options: RequesterOptions) {
    this.#transport = transport;
    this.#requester = new Requester(transport, options);
  }

  /** Send any command, give the answer as it came (its `result` is not `error`). */
  request(command: string, args: NgArguments = {}, options: NgRequestOptions = {}): Promise<NgDict> {
    return this.#requester.request(command, args, options);
  }

  async ping(options?: NgRequestOptions): Promise<void> {
    await this.request('ping', {}, options);
  }

  list(args: Requests.ListRequest = {}, options?: NgRequestOptions): Promise<ListAnswer> {
    return this.#typed('list', args, readListAnswer, options);
  }

  query(args: Requests.QueryRequest, options?: NgRequestOptions): Promise<QueryAnswer> {
    return this.#typed('query', args, readQueryAnswer, options);
  }

  statistics(options?: NgRequestOptions): Promise<StatisticsAnswer> {
    return this.#typed('statistics', {}, readStatisticsAnswer, options);
  }

  offer(args: Requests.OfferRequest, options?: NgRequestOptions): Promise<SdpAnswer> {
    return this.#typed('offer', args, readSdpAnswer, options);
  }

  answer(args: Requests.AnswerRequest, options?: NgRequestOptions): Promise<SdpAnswer> {
    return this.#typed('answer', args, readSdpAnswer, options);
  }

  /** An unknown call is a `warning`, unless the flag `fatal` is given. */
  delete(args: Requests.DeleteRequest, options?: NgRequestOptions): Promise<OkAnswer> {
    return this.#typed('delete', args, readOkAnswer, options);
  }

  subscribeRequest(
    args: Requests.SubscribeRequestRequest,
    options?: NgRequestOptions,
  ): Promise<SubscribeRequestAnswer> {
    return this.#typed('subscribe request', args, readSubscribeRequestAnswer, options);
  }

  subscribeAnswer(args: Requests.SubscribeAnswerRequest, options?: NgRequestOptions): Promise<OkAnswer> {
    return this.#typed('subscribe answer', args, readOkAnswer, options);
  }

  unsubscribe(args: Requests.UnsubscribeRequest, options?: NgRequestOptions): Promise<OkAnswer> {
    return this.#typed('unsubscribe', args, readOkAnswer, options);
  }

  publish(args: Requests.PublishRequest, options?: NgRequestOptions): Promise<PartyAnswer> {
    return this.#typed('publish', args, readPartyAnswer, options);
  }

  connect(args: Requests.ConnectRequest, options?: NgRequestOptions): Promise<OkAnswer> {
    return this.#typed('connect', args, readOkAnswer, options);
  }

  create(args: Requests.CreateRequest = {}, options?: NgRequestOptions): Promise<PartyAnswer> {
    return this.#typed('create', args, readPartyAnswer, options);
  }

  createAnswer(args: Requests.CreateAnswerRequest, options?: NgRequestOptions): Promise<OkAnswer> {
    return this.#typed('create answer', args, readOkAnswer, options);
  }

  playMedia(args: Requests.PlayMediaRequest, options?: NgRequestOptions): Promise<PlayMediaAnswer> {
    return this.#typed('play media', args, readPlayMediaAnswer, options);
  }

  stopMedia(args: Requests.StopMediaRequest, options?: NgRequestOptions): Promise<StopMediaAnswer> {
    return this.#typed('stop media', args, readStopMediaAnswer, options);
  }

  /**
   * Requests under way and later ones fail with `Closed`. Resolves when the socket is freed: over TCP once the engine
   * has answered what it was sent, within a second.
   */
  close(): Promise<void> {
    return this.#transport.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #typed<A>(
    command: string,
    args: NgArguments,
    read: (body: NgDict) => A,
    options: NgRequestOptions | undefined,
  ): Promise<A> {
    const body = await this.request(command, args, options);
    try {
      return read(body);
    } catch (error) {
      throw describeFailure(error, command, args);
    }
  }
}
