import { listenerKnown } from './listener-known.ts';
import { listeningEnabled } from './listening-enabled.ts';
import { policyFresh } from './policy-fresh.ts';
import { r1ListenerLicence } from './r1-listener-licence.ts';
import { r1TargetLicence } from './r1-target-licence.ts';
import { r2ListenerRight } from './r2-listener-right.ts';
import { r4ProfileAllows } from './r4-profile-allows.ts';
import { r4ProfileKnown } from './r4-profile-known.ts';
import { r7ListenersLimit } from './r7-listeners-limit.ts';
import { r8DeviceAllowed } from './r8-device-allowed.ts';
import { r8DeviceKnown } from './r8-device-known.ts';
import { r9TargetKnown } from './r9-target-known.ts';
import { r10SameCompany } from './r10-same-company.ts';
import { r11LineFree } from './r11-line-free.ts';
import type { Rule, StandingInput } from './rule.ts';
import { targetInCall } from './target-in-call.ts';
import { targetNotListener } from './target-not-listener.ts';

/**
 * Every rule in the order of rules.md: the listener, the target, the call. No answer leaks more than the one before
 * it allows, so the order is part of the product.
 */
export const rules: readonly Rule[] = [
  listenerKnown,
  listeningEnabled,
  policyFresh,
  r1ListenerLicence,
  r2ListenerRight,
  r8DeviceKnown,
  r8DeviceAllowed,
  r10SameCompany,
  r9TargetKnown,
  targetNotListener,
  r1TargetLicence,
  targetInCall,
  r4ProfileKnown,
  r4ProfileAllows,
  r11LineFree,
  r7ListenersLimit,
];

/** The rules that a listen which is up must go on obeying; what ends one of them ends the listen. */
export const standingRules: readonly Rule<StandingInput>[] = [
  listenerKnown,
  listeningEnabled,
  r1ListenerLicence,
  r2ListenerRight,
  r8DeviceKnown,
  r8DeviceAllowed,
  r10SameCompany,
  r9TargetKnown,
  targetNotListener,
  r1TargetLicence,
  r4ProfileKnown,
  r4ProfileAllows,
];
