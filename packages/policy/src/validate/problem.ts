import type { Resource } from '../generated/resources.ts';

/** A text that may hold several YAML documents. */
export interface SourceFile {
  /** Name for people, as problems show it. */
  readonly file: string;
  readonly text: string;
}

/** Something an author must mend. Nothing in it is a whole phone number. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Which object: `User acme/anna`; empty where the text could not be read that far. */
  readonly object: string;
  /** Which field: `spec.devices[1].kind`; empty where the object as a whole is meant. */
  readonly field: string;
  /** A sentence: what is wrong and what to do. */
  readonly message: string;
  /** The value that is wrong, shortened. */
  readonly value?: string;
}

/** A valid object, defaults applied, and where it stands. */
export interface LocatedResource {
  readonly file: string;
  readonly line: number;
  readonly resource: Resource;
}

/** Way from the root of an object to a field. */
export type Path = readonly (string | number)[];

/** A problem before it is known where in the text it stands. `at` says whether the field's name or value is meant. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly value?: string;
  readonly at?: 'name' | 'value';
}

/** `spec.devices[1].kind` */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** `User acme/anna: spec.devices[1].kind: … (users.yaml:12:5)` */
export function problemText(problem: Problem): string {
  const parts = [problem.object, problem.field, problem.message].filter((part) => part !== '');
  return `${parts.join(': ')} (${problem.file}:${problem.line}:${problem.column})`;
}
