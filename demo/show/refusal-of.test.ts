import { expect, it } from 'vitest';
import { refusalOf } from './refusal-of.ts';

const end = { how: 'refused', status: 403, retryAfter: undefined, at: 0 } as const;

it('reads the code and the sentence', () => {
  const refusal = refusalOf({
    ...end,
    reason: 'SIP;cause=403;text="ProfileForbids"',
    warning: '399 medlyssning "ProfileForbids: Profilen tillåter inte medlyssning."',
  });
  expect(refusal).toEqual({
    status: 403,
    reason: 'ProfileForbids',
    sentence: 'Profilen tillåter inte medlyssning.',
  });
});

it('reads nothing out of an answer that says nothing', () => {
  expect(refusalOf({ ...end, reason: undefined, warning: undefined })).toEqual({
    status: 403,
    reason: '',
    sentence: '',
  });
});
