import { expect, it } from 'vitest';
import { stepNames, stepsOf } from './steps.ts';

const passage = (command: string, askedAt: number, answeredAt: number) => ({ command, askedAt, answeredAt });
const firstListen = [
  passage('query', 103, 104),
  passage('query', 105, 106),
  passage('subscribe request', 108, 109),
  passage('subscribe request', 109, 110),
  passage('publish', 110, 111),
  passage('publish', 111, 112),
  passage('subscribe answer', 112, 113),
  passage('subscribe answer', 113, 114),
  passage('publish', 114, 115),
  passage('play media', 115, 117),
  passage('connect', 117, 118),
];
const heard = { invitedAt: 100, heardAt: 130 };

it('parts the time from the INVITE to the first mixed packet into steps', () => {
  expect(stepsOf(firstListen, heard)).toEqual([3, 2, 3, 6, 1, 2, 1, 12]);
  expect(stepsOf(firstListen, heard)).toHaveLength(stepNames.length);
});

it('leaves out what passed before the INVITE and after the first packet, and pings between', () => {
  const more = [
    passage('query', 90, 91),
    ...firstListen,
    passage('ping', 116, 116.5),
    passage('query', 131, 132),
  ];
  expect(stepsOf(more, heard)).toEqual(stepsOf(firstListen, heard));
});

it('tells nothing of a listen whose relays were up already', () => {
  expect(stepsOf([...firstListen.slice(0, 2), ...firstListen.slice(-3)], heard)).toBeUndefined();
});
