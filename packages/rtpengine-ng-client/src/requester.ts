import { randomBytes } from 'node:crypto';
import { text } from './answers/fields.ts';
import { Exchange } from './exchange.ts';
import { NgError } from './ng-error.ts';
import type { NgHooks, NgRequestInfo } from './ng-hooks.ts';
import { decodeBody, encodeMessage, type NgFormat } from './ng-message.ts';
import type { NgArguments, NgDict } from './ng-value.ts';
import type { NgTransport } from './transport.ts';

/** For one request. */
export interface NgRequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** From the call to the answer, repetitions and reconnects included. Default: the client's. */
  readonly timeoutMs?: number | undefined;
}

export interface RequesterOptions {
  readonly format: NgFormat;
  readonly timeoutMs: number;
  readonly hooks: NgHooks;
}

/** Commands that only look: to send one twice does no harm, even to an engine that was restarted in between. */
const repeatableCommands: ReadonlySet<string> = new Set(['ping', 'list', 'query', 'statistics']);

/** Makes a request of a command and its arguments, and an answer or an `NgError` of what comes of it. */
export class Requester {
  readonly #transport: NgTransport;
  readonly #options: RequesterOptions;
  /** rtpengine remembers cookies across all its clients, so they must differ from everybody else's. */
  readonly #cookiePrefix = randomBytes(8).toString('hex');
  #requests = 0;

  constructor(transport: NgTransport, options: RequesterOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  async request(command: string, args: NgArguments, options: NgRequestOptions): Promise<NgDict> {
    const { hooks } = this.#options;
    const info = { command, callId: callIdOf(args), cookie: `${this.#cookiePrefix}_${this.#requests++}` };
    const begun = performance.now();
    hooks.onRequest(info);
    try {
      const answer = await this.#exchange(info, args, options);
      hooks.onAnswer(info, { ms: performance.now() - begun });
      return answer;
    } catch (failure) {
      const error = describeFailure(failure, command, args);
      hooks.onAnswer(info, { ms: performance.now() - begun, error });
      throw error;
    }
  }

  async #exchange(info: NgRequestInfo, args: NgArguments, options: NgRequestOptions): Promise<NgDict> {
    const { format, timeoutMs } = this.#options;
    const exchange = new Exchange({
      info,
      bytes: encodeMessage(info.cookie, { ...args, command: info.command }, format),
      repeatable: repeatableCommands.has(info.command),
      timeoutMs: options.timeoutMs ?? timeoutMs,
      signal: options.signal,
    });
    if (!exchange.settled) this.#transport.send(exchange);
    const body = decodeBody(await exchange.answer);
    const result = text(body['result']);
    if (result === 'error') throw refused(info, text(body['error-reason']) ?? 'no reason given');
    if (result === undefined) throw new NgError('Malformed', `The engine's answer has no readable "result".`);
    return body;
  }
}

function refused({ command, callId }: NgRequestInfo, engineReason: string): NgError {
  return new NgError('EngineRefused', `The engine refused ${command}: ${engineReason}`, {
    command,
    callId,
    engineReason,
  });
}

/** Any failure as an `NgError` that names the command. */
export function describeFailure(failure: unknown, command: string, args: NgArguments): NgError {
  if (failure instanceof NgError && failure.command !== undefined) return failure;
  const details = { command, callId: callIdOf(args), cause: failure };
  if (failure instanceof NgError)
    return new NgError(failure.reason, `${command} failed. ${failure.message}`, details);
  return new NgError('Malformed', `${command} failed: its arguments cannot be sent.`, details);
}

function callIdOf(args: NgArguments): string | undefined {
  const callId = args['call-id'];
  return typeof callId === 'string' ? callId : undefined;
}
