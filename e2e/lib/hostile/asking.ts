import {
  type Dialog,
  type RequestLines,
  requestText,
  sdp,
  token,
  withinDialog,
} from '../pbx/testbed/raw-messages.ts';
import { header, type SipText, statusOf } from '../pbx/testbed/sip-text.ts';
import type { RawPeer } from './raw-peer.ts';

/** Whom a PBX asserts in P-Asserted-Identity and X-Device. */
export interface Asserted {
  readonly number: string;
  readonly device: string;
}

export const karin: Asserted = { number: '+46846500401', device: 'karin-desk' };
export const sven: Asserted = { number: '+46846500402', device: 'sven-desk' };

/** The INVITE by which a PBX asks for a listener, with all that makes it believed. */
export function askLines(who: Asserted, number: string, over: Partial<RequestLines> = {}): RequestLines {
  const uri = `sip:*28*${number}@acme.example`;
  return {
    method: 'INVITE',
    uri,
    from: `<sip:${who.device}@acme.example>;tag=${token()}`,
    to: `<${uri}>`,
    callId: token(),
    cseq: 1,
    body: sdp(40_100),
    ...over,
    headers: [
      `P-Asserted-Identity: <sip:${who.number}@acme.example>`,
      `X-Device: ${who.device}`,
      ...(over.headers ?? []),
    ],
  };
}

/** What an INVITE came to: `dialog` where it was answered, and confirmed. */
export interface Asked {
  readonly final: SipText;
  readonly dialog: Dialog | undefined;
}

/** Sends the INVITE, waits for its final answer and confirms a 200. */
export async function ask(peer: RawPeer, lines: RequestLines): Promise<Asked> {
  peer.send(requestText(peer, lines));
  return confirm(peer, await peer.take(isFinal(lines.callId), 8_000), lines.cseq);
}

/** Confirms an answer, where it is a 200. */
export function confirm(peer: RawPeer, final: SipText, cseq: number): Asked {
  if (statusOf(final) !== 200) return { final, dialog: undefined };
  const dialog: Dialog = { invite: { startLine: '', headers: [], body: '' }, ok: final };
  send(peer, dialog, 'ACK', cseq);
  return { final, dialog };
}

/** Sends a request in the dialog. `over`: what is wrong with it. */
export function send(
  peer: RawPeer,
  dialog: Dialog,
  method: string,
  cseq: number,
  over: Partial<RequestLines> = {},
): void {
  peer.send(requestText(peer, { method, cseq, ...withinDialog('caller', dialog), ...over }));
}

/** Hangs up; resolves with the status of the BYE. */
export async function bye(peer: RawPeer, dialog: Dialog, cseq = 1_000): Promise<number> {
  send(peer, dialog, 'BYE', cseq);
  return statusOf(await peer.take(isAnswerTo(dialog, 'BYE', cseq)));
}

export const isFinal =
  (callId: string, method = 'INVITE') =>
  (message: SipText): boolean =>
    statusOf(message) >= 200 &&
    header(message, 'call-id') === callId &&
    header(message, 'cseq').endsWith(` ${method}`);

export const isAnswerTo =
  (dialog: Dialog, method: string, cseq: number) =>
  (message: SipText): boolean =>
    isFinal(header(dialog.ok, 'call-id'), method)(message) && header(message, 'cseq') === `${cseq} ${method}`;
