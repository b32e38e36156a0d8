import { admissionReasons } from '@medlyssning/policy';
import { z } from 'zod';
import { printable } from '../print/printable.ts';

/** What a sidecar's answers are made of. Names are others' words: they come as a terminal may show them. */
export const text = z.string().max(1_000).transform(printable);
export const personSchema = z.object({ user: text, displayName: text });

export const deviceSchema = z.object({ name: text, kind: text });

export const listenSchema = z.object({
  id: text,
  state: z.enum(['starting', 'listening']),
  listener: personSchema,
  target: personSchema,
  device: deviceSchema.nullable(),
  /** Since when the listener hears, RFC 3339. */
  since: text.nullable(),
});
export type Listen = z.infer<typeof listenSchema>;

/** The last that is told of a listen. */
export const endedListenSchema = z.object({
  id: text,
  state: z.literal('ended'),
  listener: personSchema,
  target: personSchema,
  reason: text,
  at: text,
});
export type EndedListen = z.infer<typeof endedListenSchema>;

export const reasonSchema = z.enum(admissionReasons);

export const colleagueSchema = personSchema.extend({
  extension: text.nullable(),
  mayListen: z.boolean(),
  reason: text,
  why: text,
  /** `null`: not for the caller to know. */
  inCall: z.boolean().nullable(),
  since: text.nullable(),
});
export type Colleague = z.infer<typeof colleagueSchema>;
