import { createSocket, type Socket } from 'node:dgram';
import { decodeBody, encodeMessage, splitMessage } from 'rtpengine-ng-client';

/** What a bad network does to each datagram, in either direction. */
export interface NgWeather {
  /** Share of datagrams that never come, 0…1. */
  readonly lose: number;
  /** Share that comes twice. */
  readonly double: number;
  /** Each is held up by a random time up to this, ms: so that they overtake each other. */
  readonly jitterMs: number;
}

/** What becomes of a command instead of being carried out, or of its answer. */
export type NgFate =
  /** The engine never sees it. */
  | { readonly kind: 'swallowed' }
  /** It is carried out, and nobody hears of it. */
  | { readonly kind: 'unanswered' }
  /** The engine never sees it; the answer is an error. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The engine never sees it; the answer is this. */
  | { readonly kind: 'answered'; readonly answer: Readonly<Record<string, string | number>> };

export const fair: NgWeather = { lose: 0, double: 0, jitterMs: 0 };

/** ng over UDP between the sidecar and an engine, as bad as a test wants it. */
export class NgProxy {
  weather: NgWeather = fair;
  /** By command; what is not named passes. */
  readonly fates = new Map<string, NgFate>();
  /** Runs as a command comes by, before anything is done with it: what happens meanwhile. */
  onCommand: (command: string) => void = () => {};
  /** Datagrams that were lost and that were doubled. */
  readonly counts = { lost: 0, doubled: 0 };
  readonly #near: Socket;
  readonly #far: Socket;
  /** Cookies whose answer is not to come through. */
  readonly #unanswered = new Set<string>();
  #closed = false;
  #client: { readonly address: string; readonly port: number } | undefined;

  private constructor(near: Socket, far: Socket) {
    this.#near = near;
    this.#far = far;
    near.on('message', (datagram, from) => {
      this.#client = from;
      this.#ask(datagram);
    });
    far.on('message', (datagram) => this.#answer(datagram));
    for (const socket of [near, far]) socket.on('error', () => {});
  }

  /** `engine`: the engine's ng port for UDP. */
  static async open(engine: number): Promise<NgProxy> {
    const [near, far] = [createSocket('udp4'), createSocket('udp4')];
    await new Promise<void>((done) => near.bind(0, '127.0.0.1', done));
    await new Promise<void>((done) => far.connect(engine, '127.0.0.1', done));
    return new NgProxy(near, far);
  }

  get port(): number {
    return this.#near.address().port;
  }

  /** From now on all goes well. */
  heal(): void {
    this.weather = fair;
    this.fates.clear();
    this.onCommand = () => {};
  }

  close(): void {
    this.#closed = true;
    this.#near.close();
    this.#far.close();
  }

  #ask(datagram: Buffer): void {
    const { cookie, body } = splitMessage(datagram);
    const command = String(decodeBody(body)['command']);
    this.onCommand(command);
    const fate = this.fates.get(command);
    switch (fate?.kind) {
      case 'swallowed':
        return;
      case 'unanswered':
        this.#unanswered.add(cookie);
        break;
      case 'refused':
        this.#reply(cookie, { result: 'error', 'error-reason': fate.why });
        return;
      case 'answered':
        this.#reply(cookie, fate.answer);
        return;
      default:
    }
    this.#suffer(() => {
      if (!this.#closed) this.#far.send(datagram, () => {});
    });
  }

  #answer(datagram: Buffer): void {
    const { cookie } = splitMessage(datagram);
    if (!this.#unanswered.has(cookie)) this.#suffer(() => this.#toClient(datagram));
  }

  #reply(cookie: string, answer: Readonly<Record<string, string | number>>): void {
    this.#toClient(encodeMessage(cookie, answer));
  }

  #toClient(datagram: Buffer): void {
    const client = this.#client;
    if (client && !this.#closed) this.#near.send(datagram, client.port, client.address, () => {});
  }

  #suffer(send: () => void): void {
    const { lose, double, jitterMs } = this.weather;
    const deliver = () => {
      if (Math.random() < lose) this.counts.lost += 1;
      else if (jitterMs === 0) send();
      else setTimeout(send, Math.random() * jitterMs);
    };
    deliver();
    if (Math.random() >= double) return;
    this.counts.doubled += 1;
    deliver();
  }
}
