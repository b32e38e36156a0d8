/**
 * Below 0, 0 or above it as `a` is older than, equal to or newer than `b`, of one kind. They are decimal numbers that grow, which
 * Kubernetes promises from 1.35 on and has always kept to. Undefined where one is no such number.
 */
export const compareResourceVersions = (a: string, b: string): number | undefined => {
  if (!isNumber(a) || !isNumber(b)) return undefined;
  return a.length - b.length || Number(a > b) - Number(a < b);
};

const isNumber = (version: string): boolean => /^[1-9]\d*$/.test(version);
