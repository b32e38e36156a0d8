import { headerValues, isResponse, type MessageText } from './message-text.ts';
import { oneLine } from './safe-header.ts';

/**
 * The 400 to a request that is no valid SIP, or undefined where no transaction can be told: a response, an ACK, or
 * a request without one of the headers an answer has to echo (RFC 3261 §8.2.6.2).
 */
export function badRequest(request: MessageText, reason: string): string | undefined {
  if (isResponse(request) || request.startLine.startsWith('ACK ')) return undefined;
  const vias = headerValues(request, 'via');
  const echoed = (['From', 'To', 'Call-ID', 'CSeq'] as const).map((name) => {
    const value = headerValues(request, name.toLowerCase())[0];
    return value === undefined ? undefined : `${name}: ${value}`;
  });
  if (vias.length === 0 || echoed.includes(undefined)) return undefined;
  const lines = [
    `SIP/2.0 400 ${oneLine(reason)}`,
    ...vias.map((via) => `Via: ${via}`),
    ...echoed,
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
