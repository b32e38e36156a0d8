import type { Resource } from '@medlyssning/policy';

/** The kinds whose status the operator writes. */
export type ReportedKind = Exclude<Resource['kind'], 'MediaNode'>;

/** `Kind namespace/name`: an object whose status may have to be written. */
export type ObjectKey = `${ReportedKind} ${string}`;

export const objectKey = (kind: ReportedKind, key: string): ObjectKey => `${kind} ${key}`;

/** Key of the object in the store of its kind. */
export const storeKeyOf = (key: ObjectKey): string => key.slice(key.indexOf(' ') + 1);
