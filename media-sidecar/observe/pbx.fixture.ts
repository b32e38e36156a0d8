import type { NgArguments, NgClient } from 'rtpengine-ng-client';

const sdp = (port: number): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0`,
    'a=sendrecv',
    '',
  ].join('\r\n');

/** What a PBX sends to rtpengine for a call, with the metadata of docs/architecture.md. */
export class Pbx {
  readonly #client: NgClient;

  constructor(client: NgClient) {
    this.#client = client;
  }

  async offer(callId: string, fromTag: string, extra: NgArguments = {}): Promise<void> {
    await this.#client.offer({
      'call-id': callId,
      'from-tag': fromTag,
      sdp: sdp(40_000),
      label: 'caller',
      ...extra,
    });
  }

  async answer(callId: string, fromTag: string, toTag: string, extra: NgArguments = {}): Promise<void> {
    const tags = { 'call-id': callId, 'from-tag': fromTag, 'to-tag': toTag };
    await this.#client.answer({ ...tags, sdp: sdp(40_002), label: 'callee', ...extra });
  }

  async delete(callId: string, extra: NgArguments = {}): Promise<void> {
    await this.#client.request('delete', { 'call-id': callId, ...extra });
  }

  /** Offer by a, answer by b. */
  async call(callId: string, metadata: string): Promise<void> {
    await this.offer(callId, 'a', { metadata });
    await this.answer(callId, 'a', 'b', { metadata });
  }
}
