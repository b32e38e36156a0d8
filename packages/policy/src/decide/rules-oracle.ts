import type { AdmissionReason } from '../reasons.ts';

/** Every way an attempt can differ in something that a rule of rules.md asks. */
export const circumstances = {
  listener: ['colleague', 'stranger', 'of another company'],
  listening: ['enabled', 'disabled'],
  policy: ['fresh', 'old'],
  licence: ['held', 'missing'],
  right: ['held', 'missing'],
  device: ['desk phone', 'mobile app', 'not known'],
  target: ['colleague', 'colleague without licence', 'oneself', 'nobody', 'of another company'],
  call: ['none', 'in Inne', 'in Lunch', 'in Inne, forbidden since', 'in Lunch, allowed since', 'in unknown'],
  otherEnd: ['customer', 'colleague in Inne', 'colleague in Lunch', 'colleague in unknown'],
  internalCalls: ['Target', 'Both'],
  line: ['free', 'in a call', 'listening'],
  others: ['room for one', 'full'],
} as const;

export type Circumstances = {
  readonly [Key in keyof typeof circumstances]: (typeof circumstances)[Key][number];
};

/** The rules once more, read off rules.md as a story and not looking at the code: what does the listener hear? */
export function oracle(it: Circumstances): AdmissionReason {
  return aboutListener(it) ?? aboutTarget(it) ?? aboutCall(it) ?? 'Allowed';
}

function aboutListener(it: Circumstances): AdmissionReason | undefined {
  if (it.listener !== 'colleague') return 'ListenerUnknown';
  if (it.listening === 'disabled') return 'ListeningDisabled';
  if (it.policy === 'old') return 'PolicyStale';
  if (it.licence === 'missing') return 'ListenerLicenseMissing';
  if (it.right === 'missing') return 'ListenerRightMissing';
  return (
    { 'desk phone': undefined, 'mobile app': 'DeviceNotAllowed', 'not known': 'DeviceUnknown' } as const
  )[it.device];
}

function aboutTarget(it: Circumstances): AdmissionReason | undefined {
  switch (it.target) {
    // Another company's people are as if they did not exist (R10).
    case 'nobody':
    case 'of another company':
      return 'TargetUnknown';
    case 'oneself':
      return 'TargetIsListener';
    case 'colleague without licence':
      return 'TargetLicenseMissing';
    case 'colleague':
      return undefined;
  }
}

function aboutCall(it: Circumstances): AdmissionReason | undefined {
  if (it.call === 'none') return 'TargetNotInCall';
  const consents = [it.call, ...(it.internalCalls === 'Both' ? [it.otherEnd] : [])].join();
  if (consents.includes('unknown')) return 'ProfileAtStartUnknown';
  if (consents.includes('Lunch') || consents.includes('forbidden')) return 'ProfileForbids';
  if (it.line !== 'free') return 'ListenerLineBusy';
  return it.others === 'full' ? 'TooManyListeners' : undefined;
}
