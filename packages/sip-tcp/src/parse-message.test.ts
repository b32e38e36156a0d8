import type { Logger } from 'sip.js/lib/core/index.js';
import { describe, expect, it } from 'vitest';
import { growth, inProportion } from '../../../tools/growth.fixture.ts';
import { defaultFramingLimits } from './framing.ts';
import { readMessageText } from './message-text.ts';
import { parseMessage } from './parse-message.ts';

const silent = { debug() {}, log() {}, warn() {}, error() {} } as unknown as Logger;

/** An INVITE with this in one of its headers. */
const invite = (name: string, value: string): string => {
  const headers: Readonly<Record<string, string>> = {
    Via: 'SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1',
    From: '<sip:karin@acme.example>;tag=1',
    To: '<sip:anna@acme.example>',
    'Call-ID': '1',
    CSeq: '1 INVITE',
    Contact: '<sip:karin@127.0.0.1>',
    [name]: value,
  };
  const lines = Object.entries(headers).map(([header, text]) => `${header}: ${text}`);
  return ['INVITE sip:anna@acme.example SIP/2.0', ...lines, 'Content-Length: 0', '', ''].join('\r\n');
};

describe.each(['Via', 'From', 'Contact', 'CSeq', 'P-Asserted-Identity', 'Record-Route'])('%s', (name) => {
  it.each([
    ['blanks', ' '],
    ['commas', ','],
    ['brackets', '<'],
    ['quotes', '"'],
    ['escapes', '"\\'],
    ['parameters', ';a=b'],
    ['addresses', '<sip:a@b>,'],
    ['names', 'a '],
  ])('made of %s takes time in proportion to its length', (_, piece) => {
    const work = (size: number) => {
      const text = readMessageText(invite(name, `x${piece.repeat(Math.floor(size / piece.length))}x`));
      return () => void parseMessage(text, silent);
    };
    expect(growth(defaultFramingLimits.maxHeaderBytes / 8, work)).toBeLessThan(inProportion);
  });
});
