import type { AdmissionReason } from '@medlyssning/policy';
import type { FindGround, Ground } from '../about.ts';
import { lineFree, listenersLimit, profileAllows, profileKnown, targetInCall } from './call.ts';
import { deviceAllowed, deviceKnown } from './device.ts';
import { holding } from './holding.ts';
import { listenerKnown, listeningEnabled, policyFresh } from './listener.ts';
import { sameCompany, targetKnown, targetNotListener } from './target.ts';

const byReason: Readonly<Partial<Record<AdmissionReason, FindGround>>> = {
  ListenerUnknown: listenerKnown,
  ListeningDisabled: listeningEnabled,
  PolicyStale: policyFresh,
  ListenerLicenseMissing: holding('license', 'listener'),
  ListenerRightMissing: holding('right', 'listener'),
  DeviceUnknown: deviceKnown,
  DeviceNotAllowed: deviceAllowed,
  TargetUnknown: targetKnown,
  TargetIsListener: targetNotListener,
  TargetLicenseMissing: holding('license', 'target'),
  TargetNotInCall: targetInCall,
  ProfileAtStartUnknown: profileKnown,
  ProfileForbids: profileAllows,
  ListenerLineBusy: lineFree,
  TooManyListeners: listenersLimit,
};

/** What the rule of an outcome looked at; what to do only where it failed. */
export const findGround: FindGround = (about): Ground => {
  const { rule, reason, outcome } = about.outcome;
  if (outcome === 'notAsked') return { evidence: [] };
  const find = rule === 'R10' ? sameCompany : byReason[reason];
  const { evidence, toDo } = find?.(about) ?? { evidence: [] };
  return outcome === 'failed' && toDo !== undefined ? { evidence, toDo } : { evidence };
};
