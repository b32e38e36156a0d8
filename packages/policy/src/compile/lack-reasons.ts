/** Why a user does not hold a licence or right that some entitlement would give; the first is told before the others. */
export const lackReasons = ['SeatsExceeded', 'NotYetValid', 'Expired', 'ValidityInvalid'] as const;

export type LackReason = (typeof lackReasons)[number];
