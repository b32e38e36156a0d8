import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyArguments } from '../arbitrary.fixture.ts';
import { encodeBencode } from '../encode-bencode.ts';
import { NgError } from '../ng-error.ts';
import { decodeBody } from '../ng-message.ts';
import type { NgArguments } from '../ng-value.ts';
import { readQueryAnswer } from './query-answer.ts';

const read = (answer: NgArguments) => readQueryAnswer(decodeBody(encodeBencode(answer)));

describe('readQueryAnswer', () => {
  it('reads a call that rings: the peer has no tag yet', () => {
    const answer = read({
      created: 1795397191,
      created_ts: 1795397191073404,
      'last signal': 1795397192,
      metadata: 'domain:acme.example',
      tags: {
        a: {
          tag: 'a',
          label: 'caller',
          created: 1795397191,
          subscriptions: [{ tag: '', type: 'offer/answer' }],
          subscribers: [{ tag: '', type: 'offer/answer' }],
          medias: [
            {
              index: 1,
              type: 'audio',
              protocol: 'RTP/AVP',
              flags: ['initialized', 'send', 'recv'],
              streams: [
                {
                  'local port': 43384,
                  endpoint: { family: 'IPv4', address: '192.0.2.1', port: 5000 },
                  'last packet': 1795397191,
                  flags: ['RTP', 'filled'],
                  stats: { packets: 3, bytes: 516, errors: 0 },
                },
              ],
            },
          ],
        },
        '<untagged 1>': { tag: '', medias: [{ streams: [{ endpoint: {} }] }] },
      },
    });
    expect(answer).toMatchObject({
      created: 1795397191,
      created_ts: 1795397191073404,
      'last signal': 1795397192,
    });
    expect(answer.tags.get('a')).toEqual({
      tag: 'a',
      label: 'caller',
      created: 1795397191,
      'tag-aliases': [],
      subscriptions: [{ tag: '', type: 'offer/answer' }],
      subscribers: [{ tag: '', type: 'offer/answer' }],
      medias: [
        {
          index: 1,
          type: 'audio',
          protocol: 'RTP/AVP',
          flags: ['initialized', 'send', 'recv'],
          streams: [
            {
              'local port': 43384,
              endpoint: { address: '192.0.2.1', port: 5000 },
              'last packet': 1795397191,
              flags: ['RTP', 'filled'],
              stats: { packets: 3, bytes: 516, errors: 0 },
            },
          ],
        },
      ],
    });
    expect(answer.tags.get('<untagged 1>')?.medias).toEqual([{ flags: [], streams: [{ flags: [] }] }]);
  });

  it('leaves out what has another type than it should have', () => {
    const tags = { a: { label: 7, medias: 'none', subscriptions: ['b', { tag: 'c' }] }, b: 'no party' };
    expect(read({ created: 1, metadata: [], tags })).toEqual({
      created: 1,
      tags: new Map([
        [
          'a',
          {
            tag: 'a',
            'tag-aliases': [],
            subscriptions: [{ tag: 'c', type: '' }],
            subscribers: [],
            medias: [],
          },
        ],
      ]),
    });
  });

  it('reads tags that are no UTF-8', () => {
    const body = decodeBody(Buffer.from('d7:createdi1e4:tagsd1:\xffd3:tag1:\xffeee', 'latin1'));
    expect(readQueryAnswer(body).tags.get('\xff')?.tag).toBe('\xff');
  });

  it('throws nothing but NgError, whatever the answer', () => {
    const hostile = fc
      .record({ created: fc.constant(1), tags: anyArguments })
      .chain((answer) =>
        fc
          .dictionary(
            fc.constantFrom('a', 'b'),
            fc.dictionary(
              fc.constantFrom('tag', 'label', 'medias', 'subscriptions', 'created'),
              anyArguments,
            ),
          )
          .map((tags) => ({ ...answer, tags: { ...answer.tags, ...tags } })),
      );
    fc.assert(
      fc.property(fc.oneof(hostile, anyArguments), (answer) => {
        try {
          read(answer);
        } catch (error) {
          expect(error).toBeInstanceOf(NgError);
        }
      }),
    );
  });
});
