import type { AdmissionReason } from '@medlyssning/policy';

/** A change to a file of examples/acme; `from` stands there exactly once. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** How a reason comes about, in examples/acme as it is or with a small change. */
export interface ReasonCase {
  readonly reason: AdmissionReason;
  /** Behind `explain`; the time and the folder are added. */
  readonly args: readonly string[];
  readonly changes?: readonly Change[];
  /** Another way to the same reason: what is different. Such a case stands below the first of its reason. */
  readonly variant?: string;
  /** What to do about it, for whom an answer of the command is too short. */
  readonly toDo: string;
}

const ask = (listener: string, target: string, ...more: readonly string[]) => [
  '--listener',
  listener,
  '--target',
  target,
  ...more,
];

/** At least one for each reason that a rule gives, and one for the answer yes, in the order of the rules. */
export const reasonCases: readonly ReasonCase[] = [
  {
    reason: 'Allowed',
    args: ask('karin', 'anna', '-o', 'wide'),
    toDo: 'Nothing. If she is refused all the same, the media node decided by something that files do not say: her line was busy, the call began in another profile, or she asked from another device. The record of the attempt has it; `--suppose`, `--at` and `--device` try it out.',
  },
  {
    reason: 'ListenerUnknown',
    args: ask('karen', 'anna'),
    toDo: 'Mend the name in the question. Where a media node gives this reason, the number or address that the PBX asserts (`P-Asserted-Identity`) is nobody’s: compare it with `spec.fixedNumber`, `spec.extension` and `spec.devices` of the User, and look with `validate` whether somebody else claims the same.',
  },
  {
    reason: 'ListeningDisabled',
    args: ask('karin', 'anna'),
    changes: [{ file: 'company.yaml', from: '  listening:\n', to: '  listening:\n    enabled: false\n' }],
    toDo: 'Switch listening on in the Company, if it is meant to be on: somebody switched it off for everybody.',
  },
  {
    reason: 'PolicyStale',
    args: ask('karin', 'anna', '--suppose', 'policy-age=301'),
    toDo: 'Find out why the media node has lost its API server, or why its folder cannot be read: `/readyz` and its log say so. Raise `maxPolicyAgeSeconds` only if a right that was taken away may live on for that long.',
  },
  {
    reason: 'ListenerLicenseMissing',
    args: ask('filip', 'anna'),
    toDo: 'Give the listener a seat of the licence: name them in the Entitlement, or give them the labels that it selects. Where all seats are taken, or the Entitlement has ended, the lines below the rule say so in place of this.',
  },
  {
    reason: 'ListenerLicenseMissing',
    variant: 'All seats are taken',
    args: ask('sven', 'anna'),
    changes: [{ file: 'entitlements.yaml', from: '  seats: 10\n', to: '  seats: 7\n' }],
    toDo: 'Whoever was created first has a seat, then by name; in a folder names alone decide. So who has a seat keeps it, whoever comes later.',
  },
  {
    reason: 'ListenerRightMissing',
    args: ask('eva', 'anna'),
    toDo: 'An administrator of the whole company adds the user to the right (R3); a sub-administrator is refused by the API server. [Who may write what](r3.md) has the roles.',
  },
  {
    reason: 'DeviceUnknown',
    args: ask('karin', 'anna', '--device', 'karin-tablet'),
    toDo: 'The PBX named a device that the User does not have, or none at all. Write the device into the User, or let the PBX send the name that stands there (`X-Device`). What a phone says of itself does not count (R8).',
  },
  {
    reason: 'DeviceNotAllowed',
    args: ask('karin', 'anna', '--device', 'karin-app'),
    toDo: 'Listen from another device. The mobile app is refused by design (R8); `allowedDevices` of the Company can say otherwise.',
  },
  {
    reason: 'TargetUnknown',
    args: ask('karin', '0846500483'),
    toDo: 'Compare what was dialled with `spec.fixedNumber` and `spec.extension` of the colleague; a number that two claim, or outside the company’s `numberRanges`, names nobody, and `validate` says so. Somebody of another company is never found: the answer is the same as for a number that nobody has (R10).',
  },
  {
    reason: 'TargetIsListener',
    args: ask('karin', 'karin'),
    toDo: 'Name somebody else.',
  },
  {
    reason: 'TargetLicenseMissing',
    args: ask('karin', 'cilla'),
    toDo: 'The one listened to needs the licence as well (R1). Give them a seat.',
  },
  {
    reason: 'TargetLicenseMissing',
    variant: 'The licence has ended',
    args: ask('karin', 'johan'),
    changes: [
      {
        file: 'entitlements.yaml',
        from: '  validUntil: "2099-08-31T22:00:00Z"\n',
        to: '  validUntil: "2025-08-31T22:00:00Z"\n',
      },
    ],
    toDo: 'It ended at that moment, and so did the listens that it allowed. `--at` shows what was, or will be, with the objects as they are now.',
  },
  {
    reason: 'TargetNotInCall',
    args: ask('karin', 'anna', '--suppose', 'no-call'),
    toDo: 'Wait for an answered call. If there is one, the media node does not know whose it is: the PBX says it in `metadata` ([kamailio.cfg](../examples/kamailio.cfg)).',
  },
  {
    reason: 'ProfileAtStartUnknown',
    args: ask('karin', 'anna'),
    changes: [
      {
        file: 'agents.yaml',
        from: '  activeProfile: { name: kundtjanst, since: "2025-01-07T07:00:00Z", previous: inne }\n',
        to: '  activeProfile: { name: kundtjanst, since: "2026-03-02T10:15:00Z", previous: inne }\n',
      },
    ],
    toDo: 'Wait for the next call. The call began before the profile that is active now became so, and nobody can prove which one was active then (R4); a media node that saw the call begin knows, one that was restarted since may not.',
  },
  {
    reason: 'ProfileForbids',
    args: ask('karin', 'bo'),
    toDo: 'Wait for a call that begins in another profile, or let the Profile allow listening, if those who use it are to be listened to. Switching the profile now changes nothing for a call that is going on, in either direction (R4).',
  },
  {
    reason: 'ListenerLineBusy',
    args: ask('karin', 'anna', '--suppose', 'line-busy'),
    toDo: 'End the other call first. It is never held or dropped by this system, and a listening on any media node counts as well (R11).',
  },
  {
    reason: 'TooManyListeners',
    args: ask('karin', 'anna', '--suppose', 'listeners=4'),
    toDo: 'Wait until somebody stops listening, or raise `maxListenersPerCall` of the Company.',
  },
];

/** Refusals that no rule gives and no file explains: what somebody can do. */
export const beyondRules: Readonly<Partial<Record<AdmissionReason, string>>> = {
  ToneFailed:
    'The sound comes before the audio (R6): no sound, no listening. The log of the media node has what the call engine answered.',
  MediaFailed:
    'See whether the listening engine runs and reaches the call engine: the log of the media node and `/readyz`. The next attempt works when it is back.',
  AuditUnavailable:
    'Make room on the disk of the records, or bring their store back. No record, no listening; calls are not touched.',
  Draining: 'The media node is being stopped. Ask again: another one, or the same when it is back, takes it.',
};
