import { expect, test } from 'vitest';
import { anchorsIn, brokenLinks, linksIn } from './markdown-links.ts';

const broken = (texts: Readonly<Record<string, string>>, others: readonly string[] = []) =>
  brokenLinks({
    texts: new Map(Object.entries(texts)),
    exists: (path) => path in texts || others.includes(path),
  }).map(({ file, line, target }) => `${file}:${line} ${target}`);

test('links between documents are followed from the document they stand in', () => {
  const texts = {
    'README.md': '[docs](docs/a.md) ![picture](docs/flow.svg)\n[gone](a.md)',
    'docs/a.md': '[back](../README.md) [root](/README.md) [gone](README.md)',
  };
  expect(broken(texts, ['docs/flow.svg'])).toEqual(['README.md:2 a.md', 'docs/a.md:1 README.md']);
});

test('headings are found by their anchors', () => {
  const texts = {
    'a.md': '# What it *is*, briefly\n[here](#what-it-is-briefly) [there](b.md#två) [gone](b.md#tre)',
    'b.md': '## Två',
  };
  expect(broken(texts)).toEqual(['a.md:2 b.md#tre']);
});

test('other sites and code are left alone; reference definitions are not', () => {
  const text = '[a](https://a.example) `[b](gone.md)`\n```\n[c](gone.md)\n```\n[d]: gone.md "title"\n';
  expect(broken({ 'a.md': text })).toEqual(['a.md:5 gone.md']);
});

test('a link may have a title and angle brackets', () => {
  expect(linksIn('[a](b.md "B") [c](<d.md>)').map(({ target }) => target)).toEqual(['b.md', 'd.md']);
});

test('headings that repeat are numbered', () => {
  expect([...anchorsIn('# One\n## One\n```\n# no\n```\n# `npm test`')]).toEqual(['one', 'one-1', 'npm-test']);
});

test('anchors may be written where there is no heading', () => {
  const text = '[here](#field) [gone](#other)\n| <a id="field"></a>`field` |';
  expect(broken({ 'a.md': text })).toEqual(['a.md:1 #other']);
});
