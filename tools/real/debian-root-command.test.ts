import { expect, test } from 'vitest';
import { outermost } from './debian-root-command.ts';

test('a folder within another is seen through that one', () => {
  expect(outermost(['/srv/project', '/tmp', '/tmp/run', '/tmp'])).toEqual(['/srv/project', '/tmp']);
});

test('a folder that only begins with the same letters is one of its own', () => {
  expect(outermost(['/srv/a', '/srv/ab'])).toEqual(['/srv/a', '/srv/ab']);
});
