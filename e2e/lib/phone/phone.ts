import { createSipEndpoint, header, hostPort, type SipEndpoint } from '@medlyssning/sip-tcp';
import type {
  IncomingInviteRequest,
  IncomingRequestMessage,
  IncomingResponseMessage,
} from 'sip.js/lib/core/index.js';
import { silence } from '../rtp/audio-source.ts';
import type { Call } from './call.ts';
import { CallMedia } from './call-media.ts';
import { Inbox } from './inbox.ts';
import { receiveCall } from './incoming-call.ts';
import { placeCall } from './outgoing-call.ts';
import type { CallOptions, IncomingPolicy, PhoneOptions } from './phone-options.ts';

/** A text that came by SIP MESSAGE. */
export interface ReceivedMessage {
  readonly body: string;
  readonly contentType: string;
  /** The From header as it came. */
  readonly from: string;
  readonly header: (name: string) => string | undefined;
  /** On the clock of `performance.now()`, ms. */
  readonly at: number;
}

/** A telephone: SIP over TCP and G.711 over RTP, in this process, with all it sends and hears open to the test. */
export class Phone {
  /** `sip:user@domain` */
  readonly uri: string;
  /** `sip:user@127.0.0.1:port`: reaches the phone without any PBX. */
  readonly directUri: string;
  readonly endpoint: SipEndpoint;
  /** Calls that came in. */
  readonly incoming: Inbox<Call>;
  readonly messages: Inbox<ReceivedMessage>;
  /** What it does with the next call that comes in; may be changed at any time. */
  policy: IncomingPolicy;
  readonly #options: PhoneOptions;
  readonly #bind: string;
  readonly #calls = new Set<Call>();

  private constructor(options: PhoneOptions, bind: string, endpoint: SipEndpoint, inboxes: Inboxes) {
    this.#options = options;
    this.#bind = bind;
    this.endpoint = endpoint;
    this.policy = options.incoming ?? { kind: 'answer' };
    this.incoming = inboxes.incoming;
    this.messages = inboxes.messages;
    this.directUri = `sip:${options.user}@${hostPort(endpoint.addresses[0] ?? { host: bind, port: 0 })}`;
    this.uri = options.domain === undefined ? this.directUri : `sip:${options.user}@${options.domain}`;
  }

  /** Switches a phone on. @throws when its address cannot be bound. */
  static async open(options: PhoneOptions): Promise<Phone> {
    const bind = options.bind ?? '127.0.0.1';
    const { user, displayName, domain, pbx, password, authUser = user } = options;
    const inboxes: Inboxes = { incoming: new Inbox('incoming call'), messages: new Inbox('SIP MESSAGE') };
    const endpoint = await createSipEndpoint({
      listen: [{ host: bind, port: 0 }],
      user,
      userAgent: options.userAgent ?? 'medlyssning-e2e',
      isTrusted: () => true,
      ...(displayName === undefined ? {} : { displayName }),
      ...(domain === undefined ? {} : { domain }),
      ...(pbx === undefined ? {} : { outboundProxy: pbx }),
      ...(password === undefined ? {} : { credentials: { username: authUser, password } }),
      delegate: {
        onInvite: (invite) => void phone.#invited(invite),
        onMessage: (request) => {
          const { message } = request;
          inboxes.messages.add({
            body: message.body ?? '',
            contentType: message.getHeader('content-type') ?? '',
            from: message.getHeader('from') ?? '',
            header: (name) => message.getHeader(name),
            at: performance.now(),
          });
          request.accept();
        },
      },
    });
    const phone = new Phone(options, bind, endpoint, inboxes);
    return phone;
  }

  /** Registers for an hour, with digest when asked. Resolves with the final status: 200, 403 … */
  register(): Promise<number> {
    return this.#register(3600);
  }

  /** Takes the registration back. */
  unregister(): Promise<number> {
    return this.#register(0);
  }

  /** Calls `to`, a SIP URI. Resolves when the INVITE is on its way; the call tells the rest. */
  async call(to: string, options: CallOptions = {}): Promise<Call> {
    const media = await this.#media(options);
    return this.#keep(placeCall(this.endpoint, media, to, { from: this.uri, ...options }, this.#follow));
  }

  /** Sends a request outside a call: OPTIONS, MESSAGE … Resolves with the final response. */
  request(
    method: string,
    to: string,
    headers: readonly string[] = [],
    body = '',
  ): Promise<IncomingResponseMessage> {
    return this.endpoint.request(method, {
      to,
      from: this.uri,
      extraHeaders: headers,
      ...(body === '' ? {} : { body: { contentType: 'text/plain;charset=utf-8', content: body } }),
    });
  }

  /** Pulls the plug: sockets close, no BYE is said. */
  async close(): Promise<void> {
    await Promise.all([...this.#calls].map((call) => call.rtp.close()));
    await this.endpoint.close();
  }

  async #register(expires: number): Promise<number> {
    const response = await this.endpoint.request('REGISTER', {
      requestUri: `sip:${this.#options.domain ?? this.endpoint.contact.host}`,
      to: this.uri,
      from: this.uri,
      extraHeaders: [
        header('Contact', this.endpoint.core.configuration.contact.toString()),
        `Expires: ${expires}`,
      ],
    });
    return response.statusCode ?? 0;
  }

  async #invited(invite: IncomingInviteRequest): Promise<void> {
    let cancel: IncomingRequestMessage | undefined;
    invite.delegate = {
      onCancel: (message) => {
        cancel = message;
      },
    };
    const media = await this.#media({});
    const { endpoint, policy } = this;
    this.incoming.add(
      this.#keep(receiveCall({ endpoint, media, invite, cancel, policy, follow: this.#follow })),
    );
  }

  #follow = (uri: string) => this.call(uri);

  #keep(call: Call): Call {
    this.#calls.add(call);
    void call.ended.then(() => this.#calls.delete(call));
    return call;
  }

  #media({ codecs, source }: CallOptions): Promise<CallMedia> {
    const { codecs: usual = ['PCMA', 'PCMU'], source: voice = silence() } = this.#options;
    return CallMedia.open(this.#bind, codecs ?? usual, source ?? voice);
  }
}

interface Inboxes {
  readonly incoming: Inbox<Call>;
  readonly messages: Inbox<ReceivedMessage>;
}
