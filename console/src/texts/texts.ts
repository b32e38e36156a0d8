import type { ProblemAnswer } from '../api/problem-answer.ts';
import type { Colleague, EndedListen, Me } from '../api/views.ts';
import { en } from './en.ts';
import { sv } from './sv.ts';

export type Language = 'sv' | 'en';

type DeviceKind = Me['devices'][number]['kind'];

/** All that the page says. */
export interface Texts {
  readonly title: string;
  readonly intro: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly signInFailed: string;
  readonly sessionOver: string;
  readonly notSetUp: string;
  readonly loading: string;
  /** Of the switch: the language that it leads to, in that language. */
  readonly otherLanguage: string;
  readonly connecting: string;
  readonly lost: string;
  readonly live: string;
  readonly colleagues: string;
  readonly search: string;
  readonly searchHint: string;
  readonly all: string;
  readonly inCalls: (count: number) => string;
  readonly show: string;
  readonly nobodyFound: string;
  readonly nobodyInCall: string;
  readonly moreThanShown: string;
  readonly inCall: string;
  readonly notInCall: string;
  readonly extension: (number: string) => string;
  readonly optionsFor: (name: string) => string;
  readonly call: (number: string) => string;
  readonly copy: string;
  readonly copied: string;
  readonly listenOn: string;
  readonly inBrowser: string;
  readonly onDevice: (kind: DeviceKind, name: string) => string;
  readonly mayNotOn: string;
  readonly notCallable: string;
  readonly listen: string;
  readonly asking: (name: string) => string;
  readonly ringing: (device: string, name: string) => string;
  readonly listening: (name: string) => string;
  readonly heardHere: string;
  readonly heardOn: (device: string) => string;
  readonly heardInOther: string;
  readonly level: string;
  readonly stop: string;
  readonly cancel: string;
  readonly stopOther: string;
  readonly stopFor: (listener: string, target: string) => string;
  /** R6, about the one signed in. */
  readonly listensToYou: (names: readonly string[]) => string;
  readonly banner: string;
  readonly allListens: string;
  readonly listener: string;
  readonly target: string;
  readonly device: string;
  readonly since: string;
  readonly starting: string;
  readonly nobodyListens: string;
  readonly pages: string;
  readonly history: string;
  readonly iListened: string;
  readonly heardMe: string;
  readonly wholeCompany: string;
  readonly who: string;
  readonly everybody: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly more: string;
  readonly noHistory: string;
  /** Of the record; `undefined` is the one signed in. */
  readonly listened: (listener: string | undefined, target: string | undefined) => string;
  readonly didNotListen: (listener: string | undefined, target: string | undefined) => string;
  readonly aColleague: string;
  readonly somebody: string;
  readonly stillOn: string;
  readonly gaveUp: string;
  /** A moment, ISO 8601, as people write it. */
  readonly moment: (at: string) => string;
  readonly refused: (name: string, why: string) => string;
  readonly ended: (name: string, why: string) => string;
  readonly close: string;
  readonly reason: (reason: Colleague['reason'] | EndedListen['reason']) => string;
  /** Why something could not be done, where it was no rule. */
  readonly problem: (reason: ProblemAnswer['reason']) => string;
}

export const texts: Readonly<Record<Language, Texts>> = { sv, en };

const key = 'medlyssning.language';

/** The one chosen here before, else the first that the browser wants and the page has. */
export const languageOf = (chosen: string | null, wanted: readonly string[]): Language => {
  if (chosen === 'sv' || chosen === 'en') return chosen;
  const first = wanted
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag === 'sv' || tag === 'en');
  return first === 'sv' ? 'sv' : 'en';
};

export const languageNow = (): Language => languageOf(localStorage.getItem(key), navigator.languages);

export const keepLanguage = (language: Language): void => localStorage.setItem(key, language);
