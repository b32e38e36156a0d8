import {
  type Company,
  type Path,
  pathText,
  type Resource,
  type RuleOutcome,
  shown,
  type User,
} from '@medlyssning/policy';
import { printable } from '../print/printable.ts';
import { nameOf, type Origin } from '../source/origin.ts';
import type { Grounds } from '../texts/grounds.ts';
import { type Asked, type Facts, objectOf } from './gather-facts.ts';
import type { Compiled } from './in-force.ts';

/** A field of an object that a rule looked at. */
export interface Evidence {
  /** `User acme/anna`; `-` for what is no object of the API. */
  readonly object: string;
  /** `spec.devices[1].kind` */
  readonly field: string;
  /** What it says; a number shortened. */
  readonly value: string;
  /** `acme/agents.yaml:12`, in a folder. */
  readonly place?: string;
}

/** What a rule looked at and, where it stands in the way, what somebody can do about it. */
export interface Ground {
  readonly evidence: readonly Evidence[];
  readonly toDo?: string;
}

/** All that the grounds of a rule are found in. */
export interface About {
  readonly asked: Asked;
  readonly facts: Facts;
  readonly origin: Origin;
  readonly compiled: Compiled;
  readonly outcome: RuleOutcome;
  readonly words: Grounds;
  /** The listener's. */
  readonly company: Company | undefined;
}

/** Finds what a rule looked at. */
export type FindGround = (about: About) => Ground;

export const cite = (
  { origin, words }: Pick<About, 'origin' | 'words'>,
  object: Resource,
  path: Path,
  value: unknown,
): Evidence => {
  const place = origin.placeOf(object, path);
  return {
    object: nameOf(object),
    field: pathText(path),
    value: valueText(value, words),
    ...(place && { place }),
  };
};

/** What no object of the API says: a fact of the call. */
export const suppose = (what: string, value: string): Evidence => ({ object: '-', field: what, value });

const valueText = (value: unknown, { nothing }: Grounds): string => {
  if (Array.isArray(value)) return value.length === 0 ? nothing : value.join(', ');
  return value === undefined ? nothing : printable(String(value));
};

/** `User acme/anna (acme/agents.yaml:4)` */
export const withPlace = ({ object, place }: Pick<Evidence, 'object' | 'place'>): string =>
  place ? `${object} (${place})` : object;

export const companyOf = (origin: Pick<Origin, 'resources'>, user: User): Company | undefined =>
  objectOf(origin.resources, 'Company', user.metadata.namespace, user.spec.companyRef.name);

/** How a person is called in sentences. */
export const personName = (user: User | undefined, text: string): string =>
  printable(user?.spec.displayName ?? shown(text));
