import { NgError } from '../ng-error.ts';
import { isNgDict, type NgData, type NgDict } from '../ng-value.ts';

/** Readers for received dictionaries: the value where it has the type asked for, else `undefined`, an empty list or an error. */

/** A string; what is not UTF-8 (tags and call-ids may be any bytes) is read as Latin-1. */
export function text(value: NgData | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return Buffer.isBuffer(value) ? value.toString('latin1') : undefined;
}

/** A number, also where it came as decimal text, as rtpengine writes fractions. */
export function number(value: NgData | undefined): number | undefined {
  const parsed = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof parsed === 'bigint') return Number(parsed);
  return typeof parsed === 'number' ? parsed : undefined;
}

export function dict(value: NgData | undefined): NgDict | undefined {
  return isNgDict(value) ? value : undefined;
}

export function list(value: NgData | undefined): readonly NgData[] {
  return Array.isArray(value) ? value : [];
}

/** The strings of a list; others are left out. */
export function texts(value: NgData | undefined): readonly string[] {
  return list(value).flatMap((item) => text(item) ?? []);
}

/** The dictionaries of a list; others are left out. */
export function dicts(value: NgData | undefined): readonly NgDict[] {
  return list(value).filter(isNgDict);
}

/** The member, which an answer without makes no sense. @throws NgError `Malformed` */
export function required<T>(
  read: (value: NgData | undefined) => T | undefined,
  body: NgDict,
  key: string,
): T {
  const value = read(body[key]);
  if (value === undefined) throw new NgError('Malformed', `The engine's answer has no readable "${key}".`);
  return value;
}

/** `{ [key]: value }`, or nothing where the value is absent: keeps absent members absent. */
export function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
