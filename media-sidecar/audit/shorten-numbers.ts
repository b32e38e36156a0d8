import { shortenNumber } from '@medlyssning/policy';
import type { ChainedRecord } from './audit-log.ts';

/** The record as it is shown to those who are not entitled to people's numbers. Who is, the caller knows. */
export const shortenNumbers = <R extends ChainedRecord>(record: R): R => {
  if (record.record !== 'attempt') return record;
  const { listener, target } = record;
  return {
    ...record,
    listener: { ...listener, number: shortenNumber(listener.number) },
    target: { ...target, number: shortenNumber(target.number) },
  };
};
