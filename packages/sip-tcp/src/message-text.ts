/** One header line: its name as sent, and its value with folding undone (RFC 3261 §7.3.1). */
export interface HeaderText {
  readonly name: string;
  readonly value: string;
}

/** A SIP message taken apart no further than the start line, the header lines and the body. */
export interface MessageText {
  readonly startLine: string;
  readonly headers: readonly HeaderText[];
  readonly body: string;
}

/** The compact forms of RFC 3261 §7.3.3 that routing and framing have to know. */
const compactForms: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  l: 'content-length',
  c: 'content-type',
  m: 'contact',
};

/** The name headers are compared by: lower case, compact forms written out. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return (Object.hasOwn(compactForms, lower) ? compactForms[lower] : undefined) ?? lower;
}

/** Takes a whole message apart. A line without a colon becomes a header with an empty name, for the caller to refuse. */
export function readMessageText(text: string): MessageText {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const [startLine = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return { startLine, headers: lines.map(readHeader), body: end < 0 ? '' : text.slice(end + 4) };
}

/** Puts a message together again; Content-Length is left as it stands. */
export function writeMessageText(message: MessageText): string {
  const lines = message.headers.map(({ name, value }) => `${name}: ${value}`);
  return `${[message.startLine, ...lines].join('\r\n')}\r\n\r\n${message.body}`;
}

/** Every value of a header, in order. `name` in canonical form. */
export function headerValues(message: MessageText, name: string): readonly string[] {
  return message.headers
    .filter((header) => canonicalName(header.name) === name)
    .map((header) => header.value);
}

/** True for a response (`SIP/2.0 200 OK`), false for a request. */
export function isResponse(message: MessageText): boolean {
  return /^SIP\/2\.0 /i.test(message.startLine);
}

function readHeader(line: string): HeaderText {
  const colon = line.indexOf(':');
  return colon < 0
    ? { name: '', value: line.trim() }
    : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}
