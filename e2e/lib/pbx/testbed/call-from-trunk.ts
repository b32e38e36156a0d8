import { requestText, sdp, token } from './raw-messages.ts';
import type { RawPhone } from './raw-phone.ts';

/** Sends an INVITE as the PSTN or the mobile operator would. @returns its Call-ID */
export function callFromTrunk(
  trunk: RawPhone,
  dialled: string,
  from: string,
  headers: readonly string[] = [],
): string {
  const callId = token();
  const uri = `sip:${dialled}@127.0.0.1`;
  const head = { method: 'INVITE', uri, to: `<${uri}>`, callId, cseq: 1, body: sdp(40_004), headers };
  trunk.send(requestText(trunk, { ...head, from: `<sip:${from}@${trunk.host}>;tag=${token()}` }));
  return callId;
}
