import type { RuleOutcome, Verdict } from '../decide/verdict.ts';
import type { AdmissionReason } from '../reasons.ts';
import type { Language } from './reason-text.ts';

/** How the people are called; the target may have none, when nobody was named. */
export interface ExplainNames {
  readonly listener: string;
  readonly target: string;
}

type Questions = Readonly<Partial<Record<AdmissionReason, (names: ExplainNames) => string>>>;

const english: Questions = {
  ListenerUnknown: ({ listener }) => `${listener} is a user of a company`,
  ListeningDisabled: () => 'The company has listening switched on',
  PolicyStale: () => 'The policy was confirmed recently',
  ListenerLicenseMissing: ({ listener }) => `${listener} holds the licence`,
  ListenerRightMissing: ({ listener }) => `${listener} holds the right to listen`,
  DeviceUnknown: ({ listener }) => `The PBX said which of ${listener}'s devices asks`,
  DeviceNotAllowed: () => 'One may listen from this kind of device',
  TargetIsListener: ({ listener, target }) => `${target} is someone else than ${listener}`,
  TargetLicenseMissing: ({ target }) => `${target} holds the licence`,
  TargetNotInCall: ({ target }) => `${target} is in a call`,
  ProfileAtStartUnknown: () => 'The profile active when the call started is known',
  ProfileForbids: () => 'The profile active when the call started allows listening',
  ListenerLineBusy: ({ listener }) => `${listener}'s own line is free`,
  TooManyListeners: () => 'There is room for one more listener on the call',
};

const swedish: Questions = {
  ListenerUnknown: ({ listener }) => `${listener} är användare i ett företag`,
  ListeningDisabled: () => 'Företaget har medlyssning påslagen',
  PolicyStale: () => 'Reglerna har nyligen bekräftats',
  ListenerLicenseMissing: ({ listener }) => `${listener} har licensen`,
  ListenerRightMissing: ({ listener }) => `${listener} har rättigheten att lyssna`,
  DeviceUnknown: ({ listener }) => `Växeln sade vilken enhet ${listener} ringer från`,
  DeviceNotAllowed: () => 'Man får lyssna från den sortens enhet',
  TargetIsListener: ({ listener, target }) => `${target} är någon annan än ${listener}`,
  TargetLicenseMissing: ({ target }) => `${target} har licensen`,
  TargetNotInCall: ({ target }) => `${target} är i ett samtal`,
  ProfileAtStartUnknown: () => 'Profilen som gällde när samtalet började är känd',
  ProfileForbids: () => 'Profilen som gällde när samtalet började tillåter medlyssning',
  ListenerLineBusy: ({ listener }) => `Linjen är ledig hos ${listener}`,
  TooManyListeners: () => 'Det finns plats för en till som lyssnar på samtalet',
};

const words = {
  en: {
    questions: english,
    outcomes: { passed: 'yes', failed: 'NO', notAsked: 'not asked' },
    sameCompany: ({ listener, target }: ExplainNames) => `${target} is of ${listener}'s company`,
    known: () => 'The number or name dialled names a colleague',
    allowed: ({ listener, target }: ExplainNames) => `${listener} may listen to ${target}.`,
    refused: ({ listener, target }: ExplainNames, reason: string) =>
      `${listener} may not listen to ${target}: ${reason}.`,
    decidedBy: 'see',
  },
  sv: {
    questions: swedish,
    outcomes: { passed: 'ja', failed: 'NEJ', notAsked: 'prövades ej' },
    sameCompany: ({ listener, target }: ExplainNames) => `${target} är i samma företag som ${listener}`,
    known: () => 'Numret eller namnet hör till en kollega',
    allowed: ({ listener, target }: ExplainNames) => `${listener} får lyssna på ${target}.`,
    refused: ({ listener, target }: ExplainNames, reason: string) =>
      `${listener} får inte lyssna på ${target}: ${reason}.`,
    decidedBy: 'se',
  },
} as const;

/**
 * A verdict for people who may see all of it (administrators, `explain` of the command line): the answer, then a line
 * for each rule in the order of rules.md, failed ones with the field that decided.
 */
export function explainVerdict(verdict: Verdict, names: ExplainNames, language: Language): readonly string[] {
  const { allowed, refused, outcomes, decidedBy } = words[language];
  const answer = verdict.kind === 'allowed' ? allowed(names) : refused(names, verdict.reason);
  const lines = verdict.rules.map((outcome) => {
    const decided = outcome.outcome === 'failed' ? ` (${outcome.reason}; ${decidedBy} ${outcome.field})` : '';
    return `${outcome.rule.padEnd(3)} ${ruleQuestion(outcome, names, language)}: ${outcomes[outcome.outcome]}${decided}`;
  });
  return [answer, ...lines];
}

/** What a rule asks, as a sentence that is true where it passed: `Karin holds the licence`. */
export function ruleQuestion({ rule, reason }: RuleOutcome, names: ExplainNames, language: Language): string {
  const { questions, sameCompany, known } = words[language];
  if (reason === 'TargetUnknown') return rule === 'R10' ? sameCompany(names) : known();
  return questions[reason]?.(names) ?? reason;
}
