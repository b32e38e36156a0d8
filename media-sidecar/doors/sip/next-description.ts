const originLine = /^o=(\S+ \d{1,20} )(\d{1,20})( .*)$/m;

/**
 * Our description of a stream, as the one that follows `last` in the same call: its origin is that of `last`, one version further
 * where anything changed (RFC 3264 §8). The engine's origin may be the other side's, or that of another session of its own.
 */
export const nextDescription = (last: string, next: string): string => {
  const [origin, session, version, where] = originLine.exec(last) ?? [];
  if (origin === undefined || version === undefined) return next;
  // not as a pattern of replacement, in which `$` would mean something
  const as = (line: string) => next.replace(originLine, () => line);
  return as(origin) === last ? last : as(`o=${session}${BigInt(version) + 1n}${where}`);
};
