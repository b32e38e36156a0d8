/** A SIP message taken apart just far enough for a test to look at. */
export interface SipText {
  readonly startLine: string;
  /** In the order they stood, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export function parseSipText(text: string): SipText {
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { startLine, headers, body: text.slice(end + 4) };
}

export function allOf(message: SipText, name: string): readonly string[] {
  return message.headers.filter(([one]) => one === name.toLowerCase()).map(([, value]) => value);
}

/** The first header of that name; empty where there is none. */
export function header(message: SipText, name: string): string {
  return allOf(message, name)[0] ?? '';
}

/** 0 for a request. */
export function statusOf(message: SipText): number {
  return Number(/^SIP\/2\.0 (\d{3})/.exec(message.startLine)?.[1] ?? 0);
}

export function requestUri(message: SipText): string {
  return message.startLine.split(' ')[1] ?? '';
}

export function tagOf(nameAddr: string): string {
  return /;tag=([^;>]+)/.exec(nameAddr)?.[1] ?? '';
}

export function uriOf(nameAddr: string): string {
  return /<([^>]+)>/.exec(nameAddr)?.[1] ?? nameAddr;
}

export const isRequest = (method: string, callId?: string) => (message: SipText) =>
  message.startLine.startsWith(`${method} `) && isOf(callId, message);

export const isResponse = (status: number, method: string, callId?: string) => (message: SipText) =>
  statusOf(message) === status && header(message, 'cseq').endsWith(` ${method}`) && isOf(callId, message);

const isOf = (callId: string | undefined, message: SipText) =>
  callId === undefined || header(message, 'call-id') === callId;
