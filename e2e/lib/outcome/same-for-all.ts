/**
 * A SIP answer as it came, without what differs from call to call, by RFC 3261 (Call-ID, tags, branches, CSeq, the
 * phone's port, our proxy's seal), and without what the phone itself dialled.
 */
export function sameForAll(answer: string, dials: string): string {
  return answer
    .replaceAll(`*28*${dials}@`, '*28*…@')
    .replace(/^(Call-ID: ).*$/im, '$1…')
    .replace(/^(CSeq: )\d+/im, '$1…')
    .replace(/;(tag|branch|rport|seal|received)=[^;>\s]*/g, ';$1=…');
}
