import { admissionReasons, endReasons } from '@medlyssning/policy/reasons';
import { describe, expect, it } from 'vitest';
import { languageOf, type Texts, texts } from './texts.ts';

/** Every text, with what its function makes of values that can be found again. */
const said = (all: Texts): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.entries(all).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  ),
  inCalls: all.inCalls(17),
  extension: all.extension('4711'),
  optionsFor: all.optionsFor('Anna'),
  call: all.call('4711'),
  onDevice: all.onDevice('Desk', 'karin-desk'),
  asking: all.asking('Anna'),
  ringing: all.ringing('karin-desk', 'Anna'),
  listening: all.listening('Anna'),
  heardOn: all.heardOn('karin-desk'),
  stopFor: all.stopFor('Karin', 'Anna'),
  listensToYou: all.listensToYou(['Karin', 'Anna']),
  listened: all.listened('Karin', 'Anna'),
  didNotListen: all.didNotListen('Karin', 'Anna'),
  refused: all.refused('Anna', '4711'),
  ended: all.ended('Anna', '4711'),
});

const values = ['17', '4711', 'Anna', 'Karin', 'karin-desk'];
/** Names of things that are called the same. */
const alike = ['title'];

describe('the texts', () => {
  it('are all there in both languages, say the same values, and differ', () => {
    const [sv, en] = [said(texts.sv), said(texts.en)];
    expect(Object.keys(sv).sort()).toEqual(Object.keys(en).sort());
    for (const [name, text] of Object.entries(sv)) {
      const other = en[name] ?? '';
      expect(text.trim(), name).not.toBe('');
      if (!alike.includes(name)) expect(text, name).not.toBe(other);
      for (const value of values) expect(text.includes(value), name).toBe(other.includes(value));
    }
  });

  it('have a sentence for each reason, in both', () => {
    for (const reason of [...admissionReasons, ...endReasons])
      for (const { reason: of } of [texts.sv, texts.en]) expect(of(reason)).toMatch(/\.$/);
    for (const { problem } of [texts.sv, texts.en]) {
      expect(problem('ProfileForbids')).toMatch(/\.$/);
      expect(problem('Internal')).toContain('Internal');
    }
  });

  it.each([
    ['en', ['sv-SE'], 'en'],
    [null, ['sv-SE', 'en'], 'sv'],
    [null, ['de-DE', 'sv'], 'sv'],
    [null, ['en-GB', 'sv'], 'en'],
    [null, ['fi'], 'en'],
    ['xx', [], 'en'],
  ] as const)('with %s chosen, in a browser that wants %s, are %s', (chosen, wanted, language) => {
    expect(languageOf(chosen, wanted)).toBe(language);
  });
});
