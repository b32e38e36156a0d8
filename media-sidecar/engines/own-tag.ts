import { randomUUID } from 'node:crypto';

const prefix = 'medlyssning-';

/** A tag for a subscription of ours on the call engine, by which it can be told from the tags of parties. */
export const newOwnTag = (): string => `${prefix}${randomUUID()}`;

export const isOwnTag = (tag: string): boolean => tag.startsWith(prefix);
