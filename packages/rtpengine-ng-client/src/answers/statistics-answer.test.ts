import { expect, it } from 'vitest';
import { encodeBencode } from '../encode-bencode.ts';
import { decodeBody } from '../ng-message.ts';
import { readStatisticsAnswer } from './statistics-answer.ts';

it('reads counters, also those rtpengine writes as text, and leaves out the rest', () => {
  const body = encodeBencode({
    statistics: {
      currentstatistics: { sessionstotal: 3 },
      totalstatistics: { uptime: '403', avgcallduration: '0.021403', note: 'text' },
      controlstatistics: {
        totaloffercount: 2,
        proxies: [{ proxy: '192.0.2.1', offercount: 2, offerduration: '0.001' }],
      },
      transcoders: [],
    },
  });
  expect(readStatisticsAnswer(decodeBody(body))).toEqual({
    currentstatistics: { sessionstotal: 3 },
    totalstatistics: { uptime: 403, avgcallduration: 0.021403 },
    controlstatistics: { totaloffercount: 2 },
    proxies: [{ offercount: 2, offerduration: 0.001 }],
  });
});

it('does not take an answer without statistics for one of zeros', () => {
  expect(() => readStatisticsAnswer(decodeBody(Buffer.from('de')))).toThrow(/"statistics"/);
});
