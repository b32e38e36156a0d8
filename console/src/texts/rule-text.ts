import type { Language } from '@medlyssning/policy/reason-text';
import { reasonText } from '@medlyssning/policy/reason-text';
import { type AdmissionReason, admissionReasons } from '@medlyssning/policy/reasons';

/** The sentence of a rule; `undefined` where the reason is none of a rule. */
export const ruleText = (reason: string, language: Language): string | undefined =>
  isOfRule(reason) ? reasonText(reason, language) : undefined;

const isOfRule = (reason: string): reason is AdmissionReason =>
  (admissionReasons as readonly string[]).includes(reason);
