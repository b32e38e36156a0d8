import { expect, it } from 'vitest';
import { listenersText } from './listeners-text.ts';

it.each([
  [[], 'sv', 'Ingen lyssnar längre på ditt samtal.'],
  [['Karin Ek'], 'sv', 'Karin Ek lyssnar på ditt samtal.'],
  [['Karin Ek', 'Sven Lund'], 'sv', 'Karin Ek och Sven Lund lyssnar på ditt samtal.'],
  [['Karin Ek', 'Sven Lund', 'Bo Dahl'], 'sv', 'Karin Ek, Sven Lund och Bo Dahl lyssnar på ditt samtal.'],
  [[], 'en', 'Nobody is listening to your call any more.'],
  [['Karin Ek'], 'en', 'Karin Ek is listening to your call.'],
  [['Karin Ek', 'Sven Lund'], 'en', 'Karin Ek and Sven Lund are listening to your call.'],
] as const)('%j in %s', (names, language, text) => {
  expect(listenersText(names, language)).toBe(text);
});
