import {
  type AdmissionReason,
  admissionReasons,
  decide,
  type Language,
  shown,
  type User,
} from '@medlyssning/policy';
import type { Origin } from '../source/origin.ts';
import { grounds } from '../texts/grounds.ts';
import { personName } from './about.ts';
import { findUser, usersOf } from './find-user.ts';
import { companyKey, gatherFacts } from './gather-facts.ts';
import { compileOrigin } from './in-force.ts';
import { supposeNothing } from './supposed.ts';
import { unreadWarnings } from './warnings.ts';

/** Somebody with the right to listen, and from what they may listen to the target. */
export interface Listener {
  /** `namespace/name` */
  readonly name: string;
  readonly displayName: string;
  /** Names of their devices, and `browser`; nothing: refused from each. */
  readonly from: readonly string[];
  /** `Allowed`, or why they are refused. */
  readonly reason: AdmissionReason;
}

/** Who may listen to one person: what `-o json` prints. */
export interface WhoCanListen {
  readonly target: { readonly name: string; readonly displayName: string };
  /** All who hold the right, those who may listen first. */
  readonly listeners: readonly Listener[];
  readonly warnings: readonly string[];
}

/** `undefined`: there is no such person. Supposes a call with a customer that begins at `at`, and free lines. */
export const whoCanListen = (
  text: string,
  at: Date,
  origin: Origin,
  namespace: string | undefined,
  language: Language = 'en',
): WhoCanListen | undefined => {
  const people = { ...compileOrigin(origin, at), namespace };
  const target = findUser(text, people);
  if (!target) return undefined;
  const company = companyKey(target);
  const mayListen = (user: User) =>
    people.index.userByName(company, user.metadata.name)?.mayListenAt(at.getTime()) ?? false;
  const listeners = usersOf(origin.resources)
    .filter((user) => user !== target && companyKey(user) === company && mayListen(user))
    .map((user): Listener => {
      const devices = [...(user.spec.devices ?? []).map(({ name }) => name), 'browser'];
      const answers = devices.map((device) => {
        const asked = {
          listener: nameOf(user),
          target: nameOf(target),
          device,
          at,
          supposed: supposeNothing,
        };
        return { device, reason: decide(gatherFacts(asked, people).input).reason };
      });
      const from = answers.filter(({ reason }) => reason === 'Allowed').map(({ device }) => device);
      const reason = from.length > 0 ? 'Allowed' : nearest(answers.map((answer) => answer.reason));
      return { name: nameOf(user), displayName: personName(user, ''), from, reason };
    });
  return {
    target: { name: nameOf(target), displayName: personName(target, '') },
    listeners: listeners.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)),
    warnings: unreadWarnings(origin, grounds[language]),
  };
};

const rank = ({ from }: Listener): number => (from.length > 0 ? 0 : 1);

/** The reason of the device that came furthest in the order of the rules: what has to change first. */
const nearest = (reasons: readonly AdmissionReason[]): AdmissionReason =>
  reasons.reduce((a, b) => (admissionReasons.indexOf(b) > admissionReasons.indexOf(a) ? b : a));

const nameOf = ({ metadata }: User): string => `${metadata.namespace}/${metadata.name}`;

/** Nobody of that name, as a sentence. */
export const nobodyNamed = (text: string, origin: Pick<Origin, 'name'>, hint: string): string =>
  `There is no User ${shown(text)} in ${origin.name}. Name one by its metadata.name, as namespace/name, or by its number.${hint}`;
