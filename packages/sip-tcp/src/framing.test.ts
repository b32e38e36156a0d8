import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, inProportion } from '../../../tools/growth.fixture.ts';
import { type Frame, SipFramer } from './framing.ts';

const limits = { maxHeaderBytes: 1024, maxHeaders: 20, maxBodyBytes: 512 };

function sip(body: string, length = `Content-Length: ${Buffer.byteLength(body)}`): string {
  return `MESSAGE sip:anna@acme.example SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1\r\n${length}\r\n\r\n${body}`;
}

function frames(bytes: string | Uint8Array, cuts: readonly number[] = []): readonly Frame[] {
  const framer = new SipFramer(limits);
  const all = Buffer.from(bytes);
  const edges = [0, ...cuts.map((cut) => cut % (all.length + 1)).toSorted((a, b) => a - b), all.length];
  return edges.slice(1).flatMap((end, index) => framer.push(all.subarray(edges[index], end)));
}

describe('what a stream holds', () => {
  it('cuts messages by Content-Length, counted in bytes', () => {
    const [one, two] = [sip('åäö'), sip('')];
    expect(frames(one + two)).toEqual([
      { kind: 'message', text: one },
      { kind: 'message', text: two },
    ]);
  });

  it.each(['l: 2', 'L:2', 'content-length : 2', 'Content-Length:\r\n 2', 'Content-Length: 2\r\nl: 2'])(
    'reads the length from %j',
    (length) => expect(frames(sip('ok', length))).toEqual([{ kind: 'message', text: sip('ok', length) }]),
  );

  it('tells a ping (two CRLF) from a stray CRLF between messages', () => {
    const message = sip('');
    const kinds = frames(`\r\n\r\n${message}\r\n${message}\r\n\r\n`).map(({ kind }) => kind);
    expect(kinds).toEqual(['ping', 'message', 'message', 'ping']);
  });

  it.each([
    ['ContentLengthMissing', sip('', 'X: 0')],
    ['ContentLengthInvalid', sip('', 'Content-Length: -1')],
    ['ContentLengthInvalid', sip('ok', 'Content-Length: 2\r\nl: 1')],
    ['BodyTooLarge', sip('', 'Content-Length: 513')],
    ['HeaderTooLarge', `MESSAGE ${'x'.repeat(2000)}`],
    ['TooManyHeaders', sip('', `${'X: y\r\n'.repeat(30)}l: 0`)],
    ['StrayControlCharacter', sip('', 'X: a\nb: c\r\nl: 0')],
    ['StrayControlCharacter', sip('', 'X: \0\r\nl: 0')],
    ['NotSip', 'GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
  ])('ends the stream with %s', (reason, bytes) => {
    expect(frames(bytes + sip(''))).toEqual([{ kind: 'malformed', reason }]);
  });
});

describe('time in proportion to the length', () => {
  it.each([
    ['of many messages at once', (n: number) => sip('ok').repeat(n)],
    ['of keep-alives', (n: number) => '\r\n\r\n'.repeat(8 * n)],
    ['of a header with blanks', (n: number) => sip('', `X: a${' '.repeat(8 * n)}b\r\nl: 0`)],
    ['of folded lines', (n: number) => sip('', `X: a${'\r\n '.repeat(8 * n)}b\r\nl: 0`)],
    ['of lines that are none', (n: number) => sip('', `${'\r'.repeat(8 * n)}\r\nl: 0`)],
    ['of headers', (n: number) => sip('', `${'v:x\r\n'.repeat(n / 5)}l: 0`)],
  ])('%s', (_, text) => {
    const work = (size: number) => {
      const bytes = Buffer.from(text(size));
      const loose = { maxHeaderBytes: 1e9, maxHeaders: 1e9, maxBodyBytes: 1e9 };
      return () => void new SipFramer(loose).push(bytes);
    };
    expect(growth(200, work)).toBeLessThan(inProportion);
  });
});

describe('properties', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }).map((body) => sip(body)),
    fc.constantFrom('\r\n', '\r\n\r\n', sip('', 'X: 0'), 'junk', '\r', sip('x'.repeat(600))),
  );
  const cuts = fc.array(fc.nat(4000), { maxLength: 12 });

  it('gives the same frames however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), cuts, (pieces, at) => {
        const stream = pieces.join('');
        expect(frames(stream, at)).toEqual(frames(stream));
      }),
      { numRuns: 300 },
    );
  });

  it('gives back whole messages byte for byte', () => {
    const body = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(fc.array(body, { maxLength: 5 }), cuts, (bodies, at) => {
        const sent = bodies.map((text) => sip(text));
        expect(frames(sent.join(''), at)).toEqual(sent.map((text) => ({ kind: 'message', text })));
      }),
      { numRuns: 200 },
    );
  });

  it('survives any bytes, and holds no more than its limits', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 5 }), (chunks) => {
        const framer = new SipFramer(limits);
        const seen = chunks.flatMap((chunk) => framer.push(chunk));
        const end = seen.findIndex(({ kind }) => kind === 'malformed');
        expect(end === -1 || end === seen.length - 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
