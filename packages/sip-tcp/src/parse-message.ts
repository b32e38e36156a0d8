import {
  type IncomingRequestMessage,
  IncomingResponseMessage,
  type Logger,
  NameAddrHeader,
  Parser,
} from 'sip.js/lib/core/index.js';
import { headerValues, isResponse, type MessageText, writeMessageText } from './message-text.ts';

/** A message SIP.js can be trusted with, or the fixed words that say why not. */
export type ParsedMessage =
  | { readonly kind: 'request'; readonly message: IncomingRequestMessage }
  | { readonly kind: 'response'; readonly message: IncomingResponseMessage }
  | { readonly kind: 'malformed'; readonly reason: string };

const once = ['from', 'to', 'call-id', 'cseq'] as const;

/**
 * Parses one whole message with SIP.js's grammar, after the checks its core leaves to the caller (RFC 3261 §8.1.1,
 * §8.2): what it would throw on later is refused here. Never throws.
 */
export function parseMessage(text: MessageText, logger: Logger): ParsedMessage {
  const fault = structuralFault(text);
  if (fault !== undefined) return { kind: 'malformed', reason: fault };
  try {
    const message = Parser.parseMessage(writeMessageText(text), logger);
    if (message === undefined) return { kind: 'malformed', reason: 'Header Not Parsable' };
    if (!message.viaBranch?.startsWith('z9hG4bK'))
      return { kind: 'malformed', reason: 'Via Branch Not RFC 3261' };
    if (message.fromTag === undefined) return { kind: 'malformed', reason: 'From Tag Missing' };
    if (message instanceof IncomingResponseMessage) return { kind: 'response', message };
    if (message.method === 'INVITE' && !contactIsUri(message))
      return { kind: 'malformed', reason: 'Contact Invalid' };
    return { kind: 'request', message };
  } catch {
    return { kind: 'malformed', reason: 'Header Not Parsable' };
  }
}

function structuralFault(text: MessageText): string | undefined {
  if (text.headers.some((header) => header.name === '')) return 'Header Line Without Colon';
  if (headerValues(text, 'via').length === 0) return 'Via Missing';
  const repeated = once.find((name) => headerValues(text, name).length !== 1);
  if (repeated !== undefined) return `Not Exactly One ${repeated}`;
  const [number = '', method] = (headerValues(text, 'cseq')[0] ?? '').split(/\s+/);
  if (!/^\d{1,10}$/.test(number) || Number(number) >= 2 ** 31) return 'CSeq Invalid';
  if (!isResponse(text) && method !== text.startLine.split(' ')[0]) return 'CSeq Method Differs';
  if (text.body !== '' && headerValues(text, 'content-type').length !== 1) return 'Content-Type Missing';
  return undefined;
}

function contactIsUri(message: IncomingRequestMessage): boolean {
  return (
    message.getHeaders('contact').length === 1 && message.parseHeader('contact') instanceof NameAddrHeader
  );
}
