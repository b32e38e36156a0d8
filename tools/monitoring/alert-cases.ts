/** A case in promtool's notation of series: `0x10` is 0 eleven times, one a minute; `_` is no sample. */
export interface AlertCase {
  /** Fires, at this minute, for these series. */
  readonly fires: readonly (readonly [series: string, values: string])[];
  readonly atMinute: number;
  /** Does not, with these. */
  readonly quiet: readonly (readonly [series: string, values: string])[];
}

const on = 'instance="media-1"';
const flat = (series: string, firing: string, calm: string, atMinute = 12): AlertCase => ({
  fires: [[series, firing]],
  atMinute,
  quiet: [[series, calm]],
});
/** All samples of a histogram above, or below, a second. */
const slow = (name: string, labels = ''): AlertCase['fires'] => [
  [`${name}_bucket{${labels}le="0.1"}`, '0x60'],
  [`${name}_bucket{${labels}le="10"}`, '0+10x60'],
  [`${name}_bucket{${labels}le="+Inf"}`, '0+10x60'],
];
const fast = (name: string, labels = ''): AlertCase['fires'] => [
  [`${name}_bucket{${labels}le="0.1"}`, '0+10x60'],
  [`${name}_bucket{${labels}le="10"}`, '0+10x60'],
  [`${name}_bucket{${labels}le="+Inf"}`, '0+10x60'],
];
const histogram = (name: string, labels = ''): AlertCase => ({
  fires: slow(name, labels),
  atMinute: 50,
  quiet: fast(name, labels),
});

/** When each alert fires, and when not. */
export const alertCases: Readonly<Record<string, AlertCase>> = {
  MedlyssningNodeNotReady: flat(`medlyssning_ready{${on}}`, '0x20', '0x3 1x17'),
  MedlyssningNodeGone: flat('medlyssning_ready', '_x20', '0x20'),
  MedlyssningCallEngineSilent: flat(`medlyssning_engine_up{${on},engine="call"}`, '1x5 0x15', '1x5 0 1x14'),
  MedlyssningListeningEngineSilent: flat(`medlyssning_engine_up{${on},engine="listening"}`, '0x20', '1x20'),
  MedlyssningMirrorDown: flat(`medlyssning_mirror_up{${on}}`, '0x20', '1x20'),
  MedlyssningMirrorMisses: flat(`medlyssning_mirror_missed_total{${on},what="found"}`, '0+1x20', '0x10 1x10'),
  MedlyssningPolicyOld: flat(`medlyssning_policy_age_seconds{${on}}`, '0+60x20', '30x20'),
  MedlyssningPolicyMalformed: flat(`medlyssning_policy_malformed{${on}}`, '1x20', '0x20'),
  MedlyssningAuditDown: flat(`medlyssning_audit_up{${on}}`, '0x20', '1x20'),
  MedlyssningAuditRecordsLost: flat(`medlyssning_audit_records_lost_total{${on}}`, '0x5 4x10', '4x20'),
  MedlyssningAuditRowsGone: flat(`medlyssning_audit_rows{${on}}`, '100+1x5 3+1x10', '100+1x20'),
  MedlyssningListensFail: {
    fires: [
      [`medlyssning_attempts_total{${on},reason="MediaFailed"}`, '0+1x30'],
      [`medlyssning_attempts_total{${on},reason="Allowed"}`, '0+5x30'],
    ],
    atMinute: 25,
    quiet: [
      [`medlyssning_attempts_total{${on},reason="ProfileForbids"}`, '0+1x30'],
      [`medlyssning_attempts_total{${on},reason="MediaFailed"}`, '1x30'],
      [`medlyssning_attempts_total{${on},reason="Allowed"}`, '0+5x30'],
    ],
  },
  MedlyssningSetupSlow: histogram('medlyssning_listen_setup_seconds'),
  MedlyssningEngineSlow: histogram('medlyssning_ng_request_seconds', `${on},engine="call",`),
  MedlyssningTakeDownsPending: flat(`medlyssning_take_downs_pending{${on}}`, '1x20', '0x8 1 0x10'),
  MedlyssningSipTurnedAway: flat(
    `medlyssning_sip_problems_total{${on},kind="peerRejected"}`,
    '0+120x30',
    '0+6x30',
    25,
  ),
  MedlyssningWebhooksFail: flat(`medlyssning_webhook_events_total{${on},fate="dropped"}`, '0x5 3x15', '3x20'),
  MedlyssningOperatorGone: flat('medlyssning_leading', '_x20', '0x20'),
  MedlyssningNoLeader: {
    fires: [
      ['medlyssning_leading{instance="a"}', '0x20'],
      ['medlyssning_leading{instance="b"}', '0x20'],
    ],
    atMinute: 12,
    quiet: [
      ['medlyssning_leading{instance="a"}', '0x20'],
      ['medlyssning_leading{instance="b"}', '1x20'],
    ],
  },
  MedlyssningTwoLeaders: {
    fires: [
      ['medlyssning_leading{instance="a"}', '1x20'],
      ['medlyssning_leading{instance="b"}', '1x20'],
    ],
    atMinute: 12,
    quiet: [
      ['medlyssning_leading{instance="a"}', '1x10 0x10'],
      ['medlyssning_leading{instance="b"}', '0x10 1x10'],
    ],
  },
  MedlyssningNotInstalled: flat('medlyssning_installed{what="rights"}', '0x30', '1x30', 20),
  MedlyssningWatchOld: {
    fires: [
      ['medlyssning_leading{instance="a"}', '1x30'],
      ['medlyssning_watch_age_seconds{instance="a",kind="User"}', '0+60x30'],
    ],
    atMinute: 25,
    quiet: [
      ['medlyssning_leading{instance="a"}', '0x30'],
      ['medlyssning_watch_age_seconds{instance="a",kind="User"}', '0+60x30'],
    ],
  },
  MedlyssningWatchMisses: flat('medlyssning_watch_misses_total{kind="User"}', '0x5 1x15', '1x20'),
  MedlyssningRetries: flat(
    'medlyssning_api_retries_total{queue="policies",reason="Forbidden"}',
    '0+5x60',
    '0+1x60',
    50,
  ),
  MedlyssningQueueStuck: flat('medlyssning_queue_depth{queue="policies"}', '3x20', '3x8 0 3x11'),
  MedlyssningReconcileSlow: histogram('medlyssning_reconcile_seconds'),
};
