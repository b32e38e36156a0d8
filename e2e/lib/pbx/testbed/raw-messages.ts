import { randomBytes } from 'node:crypto';
import type { RawPhone } from './raw-phone.ts';
import { allOf, header, type SipText, tagOf, uriOf } from './sip-text.ts';

export interface RequestLines {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  /** Whole header lines. */
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly branch?: string;
}

/** A request as text, with Via and Contact of this phone. */
export function requestText(phone: RawPhone, lines: RequestLines): string {
  const { method, uri, from, to, callId, cseq, headers = [], body = '', branch = token() } = lines;
  return text([
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${phone.transport} ${phone.host}:${phone.port};branch=z9hG4bK${branch};rport`,
    'Max-Forwards: 70',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    contact(phone),
    ...headers,
    ...(body !== '' && method === 'MESSAGE' ? ['Content-Type: text/plain'] : withSdp(body)),
    ...withLength(body),
  ]);
}

interface ResponseLines {
  /** To-tag, where the request had none. */
  readonly tag?: string;
  readonly body?: string;
  readonly headers?: readonly string[];
}

/** The response to a request: `status` is `200 OK`; with the request's Record-Route, so that it can make a dialog. */
export function responseText(
  phone: RawPhone,
  request: SipText,
  status: string,
  lines: ResponseLines = {},
): string {
  const { tag = token(), body = '', headers = [] } = lines;
  const to = header(request, 'to');
  const copied = (name: string) => allOf(request, name).map((value) => `${name}: ${value}`);
  return text([
    `SIP/2.0 ${status}`,
    ...copied('Via'),
    ...copied('Record-Route'),
    ...copied('From'),
    `To: ${tagOf(to) === '' ? `${to};tag=${tag}` : to}`,
    ...copied('Call-ID'),
    ...copied('CSeq'),
    contact(phone),
    ...headers,
    ...withSdp(body),
    ...withLength(body),
  ]);
}

/** A dialog as both sides saw it: the INVITE as it reached the callee, the 200 as it reached the caller. */
export interface Dialog {
  readonly invite: SipText;
  readonly ok: SipText;
}

/** The head of a request within a dialog, by either side (RFC 3261 12.2.1.1). */
export function withinDialog(
  side: 'caller' | 'callee',
  { invite, ok }: Dialog,
): Omit<RequestLines, 'method' | 'cseq'> {
  const source = side === 'caller' ? ok : invite;
  const routes = allOf(source, 'record-route').flatMap((value) => value.split(/,\s*(?=<)/));
  const [caller, callee] = [header(ok, 'from'), header(ok, 'to')];
  return {
    uri: uriOf(header(source, 'contact')),
    ...(side === 'caller' ? { from: caller, to: callee } : { from: callee, to: caller }),
    callId: header(ok, 'call-id'),
    headers: (side === 'caller' ? routes.toReversed() : routes).map((route) => `Route: ${route}`),
  };
}

/** SDP of a G.711 phone on this machine. */
export function sdp(port: number, direction = 'sendrecv'): string {
  return text([
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8`,
    `a=${direction}`,
    '',
  ]);
}

export function token(): string {
  return randomBytes(6).toString('hex');
}

const text = (lines: readonly string[]) => lines.join('\r\n');
const withSdp = (body: string) => (body === '' ? [] : ['Content-Type: application/sdp']);
const withLength = (body: string) => [`Content-Length: ${Buffer.byteLength(body)}`, '', body];
const contact = ({ host, port, transport }: RawPhone) =>
  `Contact: <sip:${host}:${port}${transport === 'TCP' ? ';transport=tcp' : ''}>`;
