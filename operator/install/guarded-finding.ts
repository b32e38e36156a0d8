import type { Finding } from '@medlyssning/policy';
import type { Flaw } from './find-flaws.ts';

/** `Guarded`: are the admission policies that keep rights with administrators (R3) there? `undefined`: not seen yet. */
export const guardedFinding = (flaws: readonly Flaw[] | undefined): Finding => {
  const type = 'Guarded';
  if (flaws === undefined)
    return {
      type,
      holds: 'unknown',
      reason: 'NotSeen',
      message: 'The admission policies were not looked at yet.',
    };
  const [first, ...others] = flaws.filter(({ part }) => part === 'admission');
  if (first === undefined)
    return {
      type,
      holds: true,
      reason: 'Installed',
      message: 'The admission policies that guard rights are there.',
    };
  const more = others.length === 0 ? '' : ` ${others.length} more are missing or of no effect.`;
  return { type, holds: false, reason: `Admission${first.reason}`, message: `${first.message}${more}` };
};
